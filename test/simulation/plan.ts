/** What happens in one history, drawn from a seed beforehand: a list of events that can be told, and made shorter. */
import type { Outcome } from '../../src/core/model.ts'
import type { EditOutcome, Found } from '../../src/flow/ports.ts'
import type { PostFate } from '../fakes/chat.ts'
import { randomOf } from '../flow/random.ts'
import { HOUR, MINUTE, SECOND, T0 } from '../flow/stage.ts'

/** The first two are everyone's; the third was added by one server. */
export const FEEDS = ['tide', 'moor', 'cove'] as const
export type FeedName = (typeof FEEDS)[number]

/** Cards at once; few cards a day; a list an hour; silence over noon; a forum, whose posts have no nonce; a server with a feed of its own. */
export const CHANNELS = ['each', 'capped', 'hourly', 'quiet', 'forum', 'own'] as const
export type ChannelName = (typeof CHANNELS)[number]

/** `lost`: it was done, and the answer did not come. */
export type EditFate = EditOutcome | Readonly<{ kind: 'lost' }> | Readonly<{ kind: 'throws' }>
export type FindFate = Exclude<Found, { kind: 'found' | 'absent' }> | Readonly<{ kind: 'throws' }>

/** `at` is true time since the storm began; `nth` counts requests of that kind since the bot first started. */
export type Event = Readonly<
  /** An outlet tells an event; an event may be told by several. */
  | { kind: 'tell'; at: number; feed: FeedName; event: number }
  /** Its headline changes. */
  | { kind: 'revise'; at: number; feed: FeedName; event: number }
  /** A feed prints all at once what it has in its archive. */
  | { kind: 'flood'; at: number; feed: FeedName; events: readonly number[] }
  /** At the n-th call to a port from then on the process is gone: before the call's effect or after it. */
  | { kind: 'kill'; at: number; call: number; isBefore: boolean; downMs: number; dropsLeases: boolean }
  /** The n-th call to the store from then on fails: a full disk. */
  | { kind: 'broken'; at: number; call: number }
  /** Our clock is put forward or back. */
  | { kind: 'jump'; at: number; byMs: number }
  | { kind: 'post'; nth: number; fate: PostFate }
  | { kind: 'edit'; nth: number; fate: EditFate }
  | { kind: 'find'; nth: number; fate: FindFate }
  /** A download fails. */
  | { kind: 'web'; nth: number; status?: number }
  | { kind: 'mute'; at: number; channel: ChannelName; feed: FeedName }
  /** Somebody deletes what stands in a channel. */
  | { kind: 'delete'; at: number; channel: ChannelName }
  /** Somebody unpauses, gives rights back, or tries again what is dead. */
  | { kind: 'aid'; at: number }
>

export type Plan = Readonly<{ seed: number; channels: readonly ChannelName[]; events: readonly Event[] }>

const FLOOD_EVENTS = 52
const CHANNELS_A_PLAN = 4

export function planOf(seed: number): Plan {
  const random = randomOf(seed)
  const draw = drawing(random)
  const channels = draw.some(CHANNELS, CHANNELS_A_PLAN)
  const events: Event[] = []
  let at = 0
  let told = 0
  for (let left = 4 + draw.below(7); left > 0; left--) {
    at += draw.chance(0.3) ? draw.below(20 * SECOND) : draw.below(15 * MINUTE)
    if (draw.chance(0.03)) at += draw.below(4 * HOUR)
    events.push(...tellings(draw, at, told++))
  }
  if (draw.chance(0.02)) {
    const flooded = Array.from({ length: FLOOD_EVENTS }, () => told++)
    events.push({ kind: 'flood', at: draw.below(at), feed: draw.one(FEEDS), events: flooded })
  }
  events.push(...troubles(draw, at), ...faults(draw))
  events.push(...jumps(draw, events))
  return { seed, channels, events }
}

type Draw = ReturnType<typeof drawing>
function drawing(random: () => number) {
  const below = (limit: number): number => Math.floor(random() * limit)
  const one = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value
  return {
    below,
    one,
    chance: (share: number): boolean => random() < share,
    some<Value>(values: readonly Value[], count: number): readonly Value[] {
      const left = [...values]
      while (left.length > count) left.splice(below(left.length), 1)
      return left
    },
  }
}

function tellings(draw: Draw, at: number, event: number): readonly Event[] {
  const [first, second, third] = draw.some(FEEDS, 3).toSorted(() => (draw.chance(0.5) ? 1 : -1))
  const told: Event[] = [{ kind: 'tell', at, feed: first ?? 'tide', event }]
  if (second && draw.chance(0.4)) told.push({ kind: 'tell', at: at + draw.below(4 * MINUTE), feed: second, event })
  if (third && draw.chance(0.1)) told.push({ kind: 'tell', at: at + draw.below(40 * MINUTE), feed: third, event })
  if (draw.chance(0.15)) told.push({ kind: 'revise', at: at + draw.below(30 * MINUTE), feed: first ?? 'tide', event })
  return told
}

function troubles(draw: Draw, until: number): readonly Event[] {
  const events: Event[] = []
  const moment = () => draw.below(until + 10 * MINUTE)
  const jump = () => (draw.chance(0.5) ? 1 : -1) * draw.one(JUMPS_MS)
  for (let kills = draw.below(4); kills > 0; kills--) {
    const at = moment()
    const downMs = draw.one([SECOND, 20 * SECOND, 70 * SECOND, 3 * MINUTE, 10 * MINUTE, 3 * HOUR])
    const common = { isBefore: draw.chance(0.5), downMs, dropsLeases: draw.chance(0.7) }
    events.push({ kind: 'kill', at, call: draw.below(40), ...common })
    // A machine that comes up again knows the time wrongly more often than one that runs.
    if (draw.chance(0.25)) events.push({ kind: 'jump', at: at + draw.below(downMs), byMs: jump() })
  }
  if (draw.chance(0.25)) events.push({ kind: 'jump', at: moment(), byMs: jump() })
  if (draw.chance(0.3)) events.push({ kind: 'broken', at: moment(), call: draw.below(40) })
  if (draw.chance(0.1)) events.push({ kind: 'mute', at: moment(), channel: draw.one(CHANNELS), feed: draw.one(FEEDS) })
  if (draw.chance(0.1)) events.push({ kind: 'delete', at: moment(), channel: draw.one(CHANNELS) })
  if (draw.chance(0.2)) events.push({ kind: 'aid', at: moment() })
  return events
}

const JUMPS_MS = [20 * SECOND, 2 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR] as const
/** While something is being told: what a jump can spoil is what is under way. Drawn last, so that histories found before stay what they were. */
function jumps(draw: Draw, events: readonly Event[]): readonly Event[] {
  const times = events.flatMap((event) => (event.kind === 'tell' ? event.at : []))
  const count = draw.chance(0.5) ? draw.below(4) : 0
  return Array.from({ length: count }, () => {
    const at = draw.one(times) + draw.below(2 * MINUTE)
    return { kind: 'jump', at, byMs: (draw.chance(0.5) ? 1 : -1) * draw.one(JUMPS_MS) }
  })
}

/** Requests of one history, about: what comes after goes well. */
const POSTS = 50
const EDITS = 20
const FINDS = 15
const DOWNLOADS = 60
/** Of each kind in the storm. */
const FAULT_SHARE = 0.2
const WEB_SHARE = 0.05

function faults(draw: Draw): readonly Event[] {
  const events: Event[] = []
  // Some histories have a fault of one kind, most have few.
  const share = draw.one([0, FAULT_SHARE / 4, FAULT_SHARE, 2 * FAULT_SHARE])
  for (let nth = 0; nth < POSTS; nth++)
    if (draw.chance(share)) events.push({ kind: 'post', nth, fate: draw.one(POST_FATES)(draw) })
  for (let nth = 0; nth < EDITS; nth++)
    if (draw.chance(share)) events.push({ kind: 'edit', nth, fate: draw.one(EDIT_FATES)(draw) })
  for (let nth = 0; nth < FINDS; nth++)
    if (draw.chance(share)) events.push({ kind: 'find', nth, fate: draw.one(FIND_FATES)(draw) })
  for (let nth = 0; nth < DOWNLOADS; nth++)
    if (draw.chance(WEB_SHARE)) events.push({ kind: 'web', nth, ...draw.one([{}, { status: 503 }, { status: 404 }]) })
  return events
}

const says = (outcome: Outcome): PostFate => ({ kind: 'says', outcome })
/** Every outcome of the port, and what it can hide. A straggler comes within five seconds: nothing guards a forum against a later one. */
const POST_FATES: readonly ((draw: Draw) => PostFate)[] = [
  () => ({ kind: 'lost' }),
  () => ({ kind: 'lost' }),
  () => ({ kind: 'lost' }),
  () => ({ kind: 'none' }),
  (draw) => ({ kind: 'late', afterMs: draw.below(4_500) }),
  (draw) => says({ kind: 'notSent', afterMs: draw.below(5 * MINUTE), attempt: false, reason: '429' }),
  () => says({ kind: 'notSent', afterMs: 0, attempt: true, reason: 'unreachable' }),
  () => says({ kind: 'held', reason: '50013' }),
  () => says({ kind: 'dead', reason: '50035' }),
  () => ({ kind: 'throws' }),
  () => says({ kind: 'stop', reason: '401' }),
]
const EDIT_FATES: readonly ((draw: Draw) => EditFate)[] = [
  () => ({ kind: 'lost' }),
  (draw) => ({ kind: 'notEdited', afterMs: draw.below(MINUTE), attempt: false, reason: '429' }),
  () => ({ kind: 'notEdited', afterMs: 0, attempt: true, reason: '502' }),
  () => ({ kind: 'throws' }),
  () => ({ kind: 'held', reason: '50013' }),
  () => ({ kind: 'dead', reason: '50035' }),
  () => ({ kind: 'stop', reason: '401' }),
]
const FIND_FATES: readonly ((draw: Draw) => FindFate)[] = [
  (draw) => ({ kind: 'later', afterMs: draw.below(MINUTE), reason: '502' }),
  () => ({ kind: 'blind', reason: 'Read Message History' }),
  () => ({ kind: 'throws' }),
  () => ({ kind: 'stop', reason: '401' }),
]

/** One line an event, in the order in which they may come. */
export function tellPlan({ seed, channels, events }: Plan): string {
  const at = (event: Event) => ('at' in event ? event.at : 0)
  const lines = events.toSorted((a, b) => at(a) - at(b)).map((event) => `  ${JSON.stringify(event)}`)
  return [`seed ${seed}, channels ${channels.join(', ')}`, ...lines].join('\n')
}

/** When the storm begins: the feeds are known by then. */
export const STORM_AT = T0 + 20 * MINUTE
