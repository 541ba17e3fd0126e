/** What must hold in the end: the far side's journal against what was published. It asks the bot nothing, save why something is held back. */
import { CORVO } from '../flow/stage.ts'
import { serverOf } from './places.ts'
import type { ChannelName, FeedName } from './plan.ts'
import { markOf, outletOf, titleMark, urlOf } from './press.ts'
import type { Run } from './run.ts'

/** Sentences; none of them when all holds. */
export function faultsOf(run: Run): readonly string[] {
  const faults: string[] = []
  const events = new Set(run.press.pieces.map(({ event }) => event))
  for (const channel of run.plan.channels) {
    for (const event of events) faults.push(...told(run, channel, event))
    faults.push(...order(run, channel))
  }
  for (const nonce of developmentsOf(run)) {
    const times = run.far.messages.filter(({ isDeleted, nonce: one }) => !isDeleted && one === nonce).length
    if (times > 1) faults.push(`doubled: a development, ${times} times`)
  }
  for (const { delivery } of run.state.deliveries) {
    const { state, alert } = delivery
    const where = `${alert.subject.kind} in ${alert.target.kind === 'person' ? '' : alert.target.channelId}`
    const isListed = delivery.state === 'folded' && delivery.digestId !== undefined
    const isOver =
      ['sent', 'deleted'].includes(state) || isListed || (state === 'dead' && delivery.reason.startsWith(TOO_LATE))
    if (!isOver) faults.push(`not settled: ${where} is ${state}${'reason' in delivery ? `, ${delivery.reason}` : ''}`)
  }
  if (run.calls > 50_000) faults.push(`never at rest: ${run.calls} calls`)
  return faults
}

/** What comes next in a story is a reply to its card, and names the same event. */
function developmentsOf({ state }: Run): readonly string[] {
  return state.deliveries.flatMap(({ delivery: { alert, nonce } }) =>
    alert.subject.kind === 'development' ? [nonce] : [],
  )
}

/** A day of trying in vain is an end with a reason. */
const TOO_LATE = 'not sent within a day'

function told(run: Run, channel: ChannelName, event: number): readonly string[] {
  const seen = run.press.pieces.filter(
    (piece) => piece.event === event && (piece.feed !== 'cove' || serverOf(channel) === CORVO),
  )
  const replies = developmentsOf(run)
  const shown = run.far.messages.filter(
    (one) => one.channel === channel && one.payload.includes(`ferry ${markOf(event)}v`) && !replies.includes(one.nonce),
  )
  const standing = shown.filter(({ isDeleted }) => !isDeleted)
  const name = `${markOf(event)} in ${channel}`
  if (seen.length === 0) return shown.length > 0 ? [`leaked: ${name}`] : []
  if (standing.length > 1) return [`doubled: ${name}, ${standing.length} times`]
  const rows = run.state.deliveries.filter(
    ({ delivery: { alert } }) =>
      alert.subject.kind === 'card' &&
      alert.target.kind !== 'person' &&
      alert.target.channelId === channel &&
      run.state.articles.some(
        ({ article, storyId }) =>
          alert.subject.kind === 'card' &&
          storyId === alert.subject.storyId &&
          article.title.includes(`ferry ${markOf(event)}v`),
      ),
  )
  const given = rows.some(({ delivery }) => delivery.state === 'dead' || delivery.state === 'held')
  if (shown.length === 0) return given || mayBeMuted(run, channel, seen) ? [] : [`lost: ${name}`]
  const [message] = standing
  const row = rows.find(({ delivery }) => delivery.nonce !== '' && message?.payload.includes(delivery.nonce))
  if (!message || !row || run.unedited.has(message.id)) return []
  return stale(message.payload, { seen, name, unread: run.unread })
}

type Seen = readonly Readonly<{ feed: FeedName; event: number; at: number; revision: number }>[]

/** The last revision is what is shown in the end: every outlet is named, and a headline that changed has changed. */
function stale(
  payload: string,
  { seen, name, unread }: Readonly<{ seen: Seen; name: string; unread: ReadonlySet<string> }>,
): readonly string[] {
  const missing = seen.filter(({ feed }) => !payload.includes(outletOf(feed)))
  const [only, second] = seen
  const old = only && !second && !unread.has(urlOf(only)) && !payload.includes(titleMark(only.event, only.revision))
  return [
    ...missing.map(({ feed }) => `edit lost: ${name} does not name ${outletOf(feed)}`),
    ...(old ? [`edit lost: ${name} does not show revision ${only.revision}`] : []),
  ]
}

function mayBeMuted(run: Run, channel: ChannelName, seen: Seen): boolean {
  return run.plan.events.some(
    (one) => one.kind === 'mute' && one.channel === channel && seen.some(({ feed }) => feed === one.feed),
  )
}

/** Cards of one channel stand in the order in which they were decided, save those that were refused once and tried again. */
function order(run: Run, channel: ChannelName): readonly string[] {
  const ranks = new Map(run.state.deliveries.map(({ seq, delivery }) => [delivery.nonce, { seq, delivery }]))
  let last = 0
  const faults: string[] = []
  for (const message of run.far.messages) {
    const row = ranks.get(message.nonce)
    if (message.channel !== channel || !row || run.refused.has(message.nonce)) continue
    if (row.delivery.alert.subject.kind !== 'card') continue
    if (row.seq < last) faults.push(`out of order: ${row.delivery.alert.subject.kind} in ${channel}`)
    last = Math.max(last, row.seq)
  }
  return faults
}
