/** What delivery costs in time, on the stand-in with Discord's own limits: how near a fan-out comes to the 45 a second that we allow ourselves, how
 *  many 429s it causes, and how long people wait for an answer meanwhile. The peer is plain discord.js: one client, one REST with its own queue, all
 *  messages handed over at once. Usage: node test/bench/deliver.ts */
import { fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { DELIVERY_PER_SECOND } from '../../src/edge/discord/pace.ts'
import { type StandIn, startStandIn } from '../stand-in/stand-in.ts'
import { openBot } from './deliver/bot.ts'
import { type Fanout, isPeer, servePeer } from './deliver/peer.ts'

const CHANNELS = 400
const FEW = 150
const GUILDS = 4 // subscriptions a server are limited
const PEOPLE = 8
const COMMANDS = ['help', 'status', 'topics', 'latest']
const COMMAND_GAP_MS = 120
const RUN_MS_MAX = 60_000
const READY_MS_MAX = 30_000
const POST = 'POST /channels/{channel_id}/messages'
/** What a post takes on the real one, by and large. */
const LATENCY_MS = 150
const SHARE_MIN = 0.95
const ANSWER_MS_MAX = 1_000

if (isPeer()) await servePeer()
else await measure()

async function measure(): Promise<void> {
  const standIn = await startStandIn()
  standIn.addFaults({ rules: [{ kind: 'delay', route: POST, ms: LATENCY_MS }] })
  const places = channelsIn(standIn)
  const people = peopleIn(standIn, places)
  const bot = await openBot(standIn, places, FEW)
  try {
    await until(() => standIn.commands().length > 0 && bot.isPolled(), READY_MS_MAX, 'the bot')
    const few = await fanOut(standIn, { count: FEW, people: [], begin: () => bot.print('few') })
    const many = await fanOut(standIn, { count: CHANNELS, people, begin: () => bot.print('many') })
    await bot.close()
    const peer = fork(import.meta.filename, ['peer', standIn.apiUrl, standIn.token], { execArgv: [] })
    await until(() => standIn.gatewayState().connected > 0, READY_MS_MAX, 'the peer')
    await sleep(1_000)
    const hand = (posts: Fanout): void => {
      peer.send(posts)
    }
    const peerFew = await fanOut(standIn, { count: FEW, people: [], begin: () => hand(few.posts) })
    const peerMany = await fanOut(standIn, { count: CHANNELS, people, begin: () => hand(many.posts) })
    peer.disconnect()
    tell('pullquote', few, many)
    tell('discord.js, one REST', peerFew, peerMany)
    const failures = faultsOf(few, many)
    for (const failure of failures) console.log(`short: ${failure}`)
    process.exitCode = failures.length === 0 ? 0 : 1
  } finally {
    await bot.close()
    await standIn.close()
  }
}

type Place = Readonly<{ serverId: string; channelId: string }>
type Person = Readonly<{ userId: string; channelId: string }>

function channelsIn(standIn: StandIn): readonly Place[] {
  const guilds = Array.from({ length: GUILDS }, (_, n) => standIn.makeGuild({ name: `Newsroom ${n}` }).id)
  return Array.from({ length: CHANNELS }, (_, n) => {
    const guildId = guilds[n % GUILDS] ?? ''
    return { serverId: guildId, channelId: standIn.makeChannel({ guildId, name: `news-${n}` }).id }
  })
}

function peopleIn(standIn: StandIn, places: readonly Place[]): readonly Person[] {
  return places.slice(0, PEOPLE).map(({ serverId: guildId, channelId }, n) => {
    const { userId } = standIn.makeMember({ guildId, name: `Person ${n}`, permissions: ['ManageGuild'] })
    return { userId, channelId }
  })
}

type Run = Readonly<{
  posts: Fanout
  perSecond: number
  limited: number
  avoidable: number
  answersMs: readonly number[]
  unanswered: number
}>

/** Waits until `count` messages were posted; meanwhile people ask. */
async function fanOut(
  standIn: StandIn,
  { count, people, begin }: Readonly<{ count: number; people: readonly Person[]; begin(): void }>,
): Promise<Run> {
  standIn.clearJournal()
  const before = standIn.rates()
  const posted = () => standIn.requests({ route: POST }).filter(({ effect }) => effect !== undefined)
  begin()
  const startedAt = Date.now()
  const asked: Promise<number | undefined>[] = []
  while (posted().length < count && Date.now() - startedAt < RUN_MS_MAX) {
    const person = people[asked.length % people.length]
    if (person && posted().length > 0) asked.push(ask(standIn, person, asked.length))
    await sleep(COMMAND_GAP_MS)
  }
  const answers = await Promise.all(asked)
  const done = posted()
  const spanMs = (done.at(-1)?.at ?? 0) - (done[0]?.at ?? 0)
  const { hits, avoidable } = standIn.rates()
  return {
    posts: done.map(({ path, body }) => ({
      path,
      body: { ...Object(body), nonce: undefined, enforce_nonce: undefined },
    })),
    perSecond: ((done.length - 1) * 1_000) / spanMs,
    limited: hits - before.hits,
    avoidable: avoidable - before.avoidable,
    answersMs: answers.filter((ms) => ms !== undefined).sort((a, b) => a - b),
    unanswered: answers.filter((ms) => ms === undefined).length + (count - done.length),
  }
}

/** Milliseconds until the first answer, as the person sees it. */
async function ask(standIn: StandIn, { userId: by, channelId }: Person, n: number): Promise<number | undefined> {
  const name = COMMANDS[n % COMMANDS.length] ?? 'help'
  return (await standIn.send({ kind: 'command', name, channelId, by, until: 'ack' })).ackMs
}

function tell(name: string, few: Run, many: Run): void {
  const shares = [few, many].map(({ perSecond }) => (perSecond / DELIVERY_PER_SECOND).toFixed(3))
  const [median = 0, worst = 0] = [many.answersMs[many.answersMs.length >> 1], many.answersMs.at(-1)]
  console.log(
    `${name}: ${FEW} cards at ${shares[0]} and ${CHANNELS} at ${shares[1]} of ${DELIVERY_PER_SECOND}/s; 429s ${few.limited + many.limited}, avoidable ${few.avoidable + many.avoidable}`,
  )
  console.log(
    `${name}: ${many.answersMs.length} first answers during ${CHANNELS} cards: median ${median.toFixed(0)} ms, worst ${worst.toFixed(0)} ms; missing ${many.unanswered}`,
  )
}

function faultsOf(few: Run, many: Run): readonly string[] {
  const share = Math.min(few.perSecond, many.perSecond) / DELIVERY_PER_SECOND
  return [
    ...(share < SHARE_MIN ? [`${share.toFixed(3)} of the pace, goal ${SHARE_MIN}`] : []),
    ...(few.avoidable + many.avoidable > 0 ? ['avoidable 429s, goal 0'] : []),
    ...((many.answersMs.at(-1) ?? Infinity) >= ANSWER_MS_MAX ? [`an answer of ${ANSWER_MS_MAX} ms or more`] : []),
    ...(few.unanswered + many.unanswered > 0 ? ['something is missing'] : []),
  ]
}

async function until(holds: () => boolean, maxMs: number, who: string): Promise<void> {
  for (const startedAt = Date.now(); !holds(); await sleep(100))
    if (Date.now() - startedAt > maxMs) throw new Error(`Cannot measure: ${who} is not there after ${maxMs} ms`)
}
