/** The checker: it knows what was expected and what the far side wrote down, and nothing of the bot. */
import type { Line } from './journal.ts'

export type Expected = Readonly<{
  /** In the order of printing. */
  tags: readonly string[]
  channels: readonly Readonly<{ name: string; channelId: string; rhythm?: 'each' | 'hourly' }>[]
  /** Pairs "name tag" that the bot itself says are held or dead, each with a reason. */
  excused?: ReadonlySet<string>
  /** When each request left the bot, however late the far side took it. */
  left?: readonly number[]
}>

export type Verdict = Readonly<{
  alerts: number
  lost: readonly string[]
  doubled: readonly string[]
  /** Channels that said stories in another order than the first one did. */
  disordered: readonly string[]
  /** The most requests in any second. */
  perSecondMax: number
  /** Requests that came in though nobody saw them leave: the measure above would be blind. */
  unseen: number
  /** Answers with 401, 403 and 429 in any ten minutes, at the most. */
  refusals: number
}>

/** Discord bans an address at ten thousand of these in ten minutes; and takes fifty requests a second. */
export const REFUSALS_MAX = 10_000
export const PER_SECOND_MAX = 50
const SECOND_MS = 1_000
const TEN_MINUTES_MS = 600_000

export function judge(expected: Expected, lines: readonly Line[]): Verdict {
  const { tags, channels, left = [] } = expected
  const told = toldIn(expected, lines)
  const cards = lines.filter(({ isList }) => !isList)
  return {
    alerts: tags.length * channels.length,
    lost: lostFrom(expected, told),
    doubled: doubledIn(expected, told),
    disordered: disordered(channels, toldIn(expected, cards)),
    perSecondMax: most(left, SECOND_MS),
    unseen: Math.max(0, lines.filter(counts).length - left.length),
    refusals: most(
      lines.filter(({ status }) => [401, 403, 429].includes(status)).map(({ ms }) => ms),
      TEN_MINUTES_MS,
    ),
  }
}

/** What was printed and not said everywhere: "name tag". */
export function lostOf(expected: Expected, lines: readonly Line[]): readonly string[] {
  return lostFrom(expected, toldIn(expected, lines))
}

/** By channel, in the order of its messages. */
type Told = ReadonlyMap<string, readonly string[]>

function toldIn({ tags }: Expected, lines: readonly Line[]): Told {
  const wanted = new Set(tags)
  const told = new Map<string, string[]>()
  for (const line of lines) {
    if (!/^(message|thread) /.test(line.effect)) continue
    const channelId = line.path.split('/')[2] ?? ''
    const before = told.get(channelId) ?? []
    before.push(...line.tags.filter((tag) => wanted.has(tag)))
    told.set(channelId, before)
  }
  return told
}

function lostFrom({ tags, channels, excused }: Expected, told: Told): readonly string[] {
  return channels
    .flatMap(({ name, channelId }) => {
      const said = new Set(told.get(channelId))
      return tags.filter((tag) => !said.has(tag)).map((tag) => `${name} ${tag}`)
    })
    .filter((one) => !excused?.has(one))
}

function doubledIn({ channels }: Expected, told: Told): readonly string[] {
  return channels.flatMap(({ name, channelId }) => {
    const counts = new Map<string, number>()
    for (const tag of told.get(channelId) ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    return [...counts].filter(([, times]) => times > 1).map(([tag, times]) => `${name} ${tag} (${times})`)
  })
}

/** Answers to people count for no limit. */
function counts({ path }: Line): boolean {
  return !/^\/(interactions|webhooks)\//.test(path)
}

/** One transaction queues a story for all channels that follow it: whatever the order of the cards is, it is the same in each. A list of what was
 *  over a cap comes when it is due.
 *  @param told - by cards */
function disordered(channels: Expected['channels'], told: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const [first, ...others] = channels.filter(({ rhythm }) => rhythm !== 'hourly') // a list has an order of its own
  if (!first) return []
  const place = new Map((told.get(first.channelId) ?? []).map((tag, n) => [tag, n]))
  return others
    .filter(({ channelId }) => {
      const places = (told.get(channelId) ?? []).map((tag) => place.get(tag)).filter((n) => n !== undefined)
      return places.some((n, at) => at > 0 && n < (places[at - 1] ?? 0))
    })
    .map(({ name }) => name)
}

/** The most times in any window of this length. */
function most(times: readonly number[], windowMs: number): number {
  const rising = [...times].sort((a, b) => a - b)
  let from = 0
  let found = 0
  rising.forEach((at, n) => {
    while (at - (rising[from] ?? at) >= windowMs) from += 1
    found = Math.max(found, n - from + 1)
  })
  return found
}
