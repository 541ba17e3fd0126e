/** What the load showed, and whether it is enough. */
import type { FarReport } from './far.ts'
import type { Gauge } from './gauge.ts'
import { SIZE, subjectsOf } from './stories.ts'

/** Polls are a minute apart, and spread by a tenth of it. */
const POLL_MS = 60_000
const GOALS = { p50Ms: 2_000, p99Ms: 10_000, loopP99Ms: 50, heldShare: 0.01, growth: 0.1 } as const

/** Discord's documentation, "Global Rate Limit". */
const LEFT_MAX = 50

export type Delays = Readonly<{
  stories: number
  expected: number
  posts: number
  perSecond: number
  /** Stories that no poll has shown yet, and of which nothing was posted though one had. */
  unseen: number
  untold: number
  lost: number
  doubled: number
  fanMax: number
  /** From the poll that showed the item to the card posted. */
  sinceServedMs: Spread
  /** From the item being visible to the card posted, less the poll interval. */
  beyondPollMs: Spread
  /** What of it went by until the page was asked for, from there to the story's first post, from there to this post, and until its answer. */
  stagesMs: Readonly<Record<'toPage' | 'toFirstPost' | 'toThisPost' | 'toAnswer', Spread>>
  /** Posts a second that came in, in the busiest ten seconds. */
  busiestPerSecond: number
  answersMs: Spread
  commands: number
  limited: number
  limitedRoutes: FarReport['limitedRoutes']
  avoidable: number
  limitedGlobally: number
  violations: number
  loop: Gauge['all']
  idle: Gauge['all']
  cpuShare: number
  rssMb: readonly number[]
  heapMb: readonly number[]
  /** Kept after whole collections. */
  keptMb: readonly number[]
  /** Of a straight line through all seconds, MB an hour: of the process, and of what was kept. */
  slopes: Readonly<{ rss: number; kept: number }>
  /** Memory of the last third over that of the middle one, less 1. */
  growth: number
}>
const UNKNOWN = { p50Ms: 0, p99Ms: 0, maxMs: 0, held: 1, committing: 0, commitMaxMs: 0, leftPerSecondMax: 0 }
type Spread = Readonly<{ p50: number; p90: number; p99: number; max: number }>

type Gauges = Readonly<{ bot: readonly Gauge[]; idle: readonly Gauge[] }>

export function measured(report: FarReport, { bot: gauges, idle }: Gauges): Delays {
  const subjects = subjectsOf(SIZE)
  const { stories, posted } = report
  const times = posted.map(({ at }) => at)
  const names = new Set(posted.map(({ story, channelId }) => `${story} ${channelId}`))
  const told = new Set(posted.map(({ story }) => story))
  const expected = stories.reduce((sum, { subject }) => sum + (subjects[subject]?.fan ?? 0), 0)
  const since = posted.flatMap(({ story, at }) => {
    const servedAt = stories[story]?.servedAt
    return servedAt === undefined ? [] : [at - servedAt]
  })
  const beyond = posted.map(({ story, at }) => Math.max(0, at - (stories[story]?.visibleAt ?? at) - POLL_MS))
  const third = Math.floor(gauges.length / 3)
  const rss = gauges.map(({ rssMb }) => rssMb)
  const [middle, last] = [median(rss.slice(third, 2 * third)), median(rss.slice(2 * third))]
  return {
    stories: stories.length,
    expected,
    posts: posted.length,
    perSecond: (posted.length * 1_000) / (Math.max(...times) - Math.min(...times)),
    unseen: stories.filter(({ servedAt }) => servedAt === undefined).length,
    untold: stories.filter(({ n, servedAt }) => servedAt !== undefined && !told.has(n)).length,
    lost: expected - names.size,
    doubled: posted.length - names.size,
    fanMax: Math.max(...stories.map(({ subject }) => subjects[subject]?.fan ?? 0)),
    sinceServedMs: spread(since),
    beyondPollMs: spread(beyond),
    stagesMs: stagesOf(report),
    busiestPerSecond: busiest(posted.map(({ askedAt }) => askedAt)),
    answersMs: spread(report.answersMs),
    commands: report.commands,
    limited: report.limited,
    limitedRoutes: report.limitedRoutes,
    avoidable: report.avoidable,
    limitedGlobally: report.limitedGlobally,
    violations: report.violations,
    loop: gauges.at(-1)?.all ?? UNKNOWN,
    idle: idle.at(-1)?.all ?? UNKNOWN,
    cpuShare: gauges.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / (gauges.length * 1_000),
    rssMb: [0, third, 2 * third, gauges.length - 1].map((at) => Math.round(rss[at] ?? 0)),
    heapMb: [0, third, 2 * third, gauges.length - 1].map((at) => Math.round(gauges[at]?.heapMb ?? 0)),
    keptMb: [0, third, 2 * third, gauges.length - 1].map((at) => Math.round(gauges[at]?.keptMb ?? 0)),
    slopes: { rss: slope(rss), kept: slope(gauges.map(({ keptMb }) => keptMb)) },
    growth: last / middle - 1,
  }
}

function stagesOf({ stories, posted }: FarReport): Delays['stagesMs'] {
  const firstAt = new Map<number, number>()
  for (const { story, askedAt } of posted) firstAt.set(story, Math.min(askedAt, firstAt.get(story) ?? Infinity))
  const seen = posted.flatMap((post) => {
    const { servedAt, readAt } = stories[post.story] ?? {}
    const first = firstAt.get(post.story)
    return servedAt === undefined || readAt === undefined || first === undefined
      ? []
      : [{ servedAt, readAt, first, ...post }]
  })
  return {
    toPage: spread(seen.map(({ servedAt, readAt }) => readAt - servedAt)),
    toFirstPost: spread(seen.map(({ readAt, first }) => first - readAt)),
    toThisPost: spread(seen.map(({ first, askedAt }) => askedAt - first)),
    toAnswer: spread(seen.map(({ askedAt, at }) => at - askedAt)),
  }
}

function busiest(times: readonly number[]): number {
  const rising = times.toSorted((a, b) => a - b)
  let from = 0
  let most = 0
  rising.forEach((at, n) => {
    while (at - (rising[from] ?? at) >= BUSY_MS) from += 1
    most = Math.max(most, n - from + 1)
  })
  return (most * 1_000) / BUSY_MS
}
const BUSY_MS = 10_000

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) }
}

/** A second each; what an hour would add. */
function slope(values: readonly number[]): number {
  const [middle, mean] = [(values.length - 1) / 2, values.reduce((sum, value) => sum + value, 0) / values.length]
  const over = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0)
  return (3_600 * over) / values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

export function tell(figures: Delays): void {
  const { sinceServedMs: since, beyondPollMs: beyond, answersMs: answers, stagesMs: stages, loop } = figures
  const told = ({ p50, p90, p99, max }: Spread): string => `p50 ${p50} p90 ${p90} p99 ${p99} max ${max} ms`
  console.log(
    [
      `${figures.stories} stories, ${figures.posts} of ${figures.expected} posts, ${figures.perSecond.toFixed(1)}/s, up to ${figures.fanMax} channels a story; lost ${figures.lost} (of ${figures.unseen} stories not polled, ${figures.untold} not told), doubled ${figures.doubled}`,
      `from the poll that saw it to the card: ${told(since)}`,
      `  of it to the page ${told(stages.toPage)}; to the first post ${told(stages.toFirstPost)}; to this post ${told(stages.toThisPost)}; to its answer ${told(stages.toAnswer)}; busiest ten seconds ${figures.busiestPerSecond.toFixed(0)}/s`,
      `from visible to the card, beyond the poll interval: ${told(beyond)}`,
      `${figures.commands} commands meanwhile, first answer: ${told(answers)}`,
      `429s ${figures.limited} ${JSON.stringify(figures.limitedRoutes)}, avoidable ${figures.avoidable}, ${figures.limitedGlobally} of all for the fifty a second; violations ${figures.violations}`,
      `event loop p50 ${loop.p50Ms.toFixed(1)} p99 ${loop.p99Ms.toFixed(1)} max ${loop.maxMs.toFixed(0)} ms; held up for over 50 ms in ${(100 * loop.held).toFixed(2)} % of the time; ${(100 * figures.cpuShare).toFixed(0)} % of a core`,
      `of it commits: ${(100 * loop.committing).toFixed(2)} %, the longest ${loop.commitMaxMs.toFixed(0)} ms; to Discord left at most ${loop.leftPerSecondMax} in a second`,
      `an idle process beside it: p99 ${figures.idle.p99Ms.toFixed(1)} max ${figures.idle.maxMs.toFixed(0)} ms; held up in ${(100 * figures.idle.held).toFixed(2)} % of the time`,
      `memory at the start, after each third: ${figures.rssMb.join(', ')} MB (heap ${figures.heapMb.join(', ')}; after whole collections ${figures.keptMb.join(', ')}); a straight line rises by ${figures.slopes.rss.toFixed(0)} MB an hour, of the kept heap by ${figures.slopes.kept.toFixed(0)}; last third over the middle one ${(100 * figures.growth).toFixed(1)} %`,
    ].join('\n'),
  )
}

export function faultsOf(figures: Delays): readonly string[] {
  const { sinceServedMs: since, loop } = figures
  return [
    ...(since.p50 > GOALS.p50Ms ? [`p50 ${since.p50} ms, goal ${GOALS.p50Ms}`] : []),
    ...(since.p99 > GOALS.p99Ms ? [`p99 ${since.p99} ms, goal ${GOALS.p99Ms}`] : []),
    ...(loop.p99Ms > GOALS.loopP99Ms ? [`event loop p99 ${loop.p99Ms.toFixed(0)} ms, goal ${GOALS.loopP99Ms}`] : []),
    ...(loop.held > GOALS.heldShare ? [`event loop held up in ${(100 * loop.held).toFixed(1)} % of the time`] : []),
    ...(figures.growth > GOALS.growth ? [`memory grows by ${(100 * figures.growth).toFixed(0)} %`] : []),
    ...(figures.lost > 0 || figures.doubled > 0 ? ['something is lost or doubled'] : []),
    // Where no more than fifty left in any second, what came for them met a stand-in that a busy machine held up.
    ...(figures.avoidable > (loop.leftPerSecondMax > LEFT_MAX ? 0 : figures.limitedGlobally) ? ['avoidable 429s'] : []),
  ]
}
