/** The other side, in a process of its own: the stand-in with Discord's real limits, the press, and a record of what was posted when. */

import type { Entry } from '../../stand-in/journal.ts'
import { startStandIn } from '../../stand-in/stand-in.ts'
import { type Published, startPress } from './press.ts'
import { SIZE, subjectsOf } from './stories.ts'

export type FarReady = Readonly<{
  kind: 'ready'
  apiUrl: string
  token: string
  urls: readonly string[]
  guilds: readonly string[]
  channels: readonly Readonly<{ id: string; guildId: string }>[]
}>
export type Posted = Readonly<{
  story: number
  channelId: string
  /** When its post came in, and when it was answered. */
  askedAt: number
  at: number
}>
export type FarReport = Readonly<{
  kind: 'report'
  posted: readonly Posted[]
  stories: readonly Published[]
  answersMs: readonly number[]
  commands: number
  limited: number
  limitedRoutes: readonly (readonly [route: string, times: number])[]
  avoidable: number
  /** Of those 429s, the ones for the fifty requests a second, which a heap that waited before a busy machine breaks as well. */
  limitedGlobally: number
  violations: number
  payloads: readonly Readonly<{ path: string; body: unknown }>[]
}>
export type FarAsk = Readonly<{ kind: 'start'; storiesADay: number } | { kind: 'stop' | 'report' | 'close' }>

const POST = 'POST /channels/{channel_id}/messages'
/** What a post takes on the real one, by and large. */
const LATENCY_MS = 150
/** A person asks something, or follows another word, as often as this. */
const DEED_MS = 5_000
const PAYLOADS_MAX = 400

const standIn = await startStandIn({ openapi: 'none' })
standIn.addFaults({ rules: [{ kind: 'delay', route: POST, ms: LATENCY_MS }] })
const guilds = Array.from({ length: SIZE.servers }, (_, n) => standIn.makeGuild({ name: `Newsroom ${n}` }).id)
const channels = Array.from({ length: SIZE.channels }, (_, n) => {
  const guildId = guilds[n % guilds.length] ?? ''
  return { id: standIn.makeChannel({ guildId, name: `news-${n}` }).id, guildId }
})
const [asked = { id: '', guildId: '' }] = channels
const { userId: person } = standIn.makeMember({ guildId: asked.guildId, name: 'Mara', permissions: ['ManageGuild'] })
const press = await startPress(SIZE.feeds, subjectsOf(SIZE))

const posted: Posted[] = []
const payloads: { path: string; body: unknown }[] = []
const answersMs: number[] = []
const limitedRoutes = new Map<string, number>()
let commands = 0
let open: Entry[] = []
setInterval(collect, 500)
let deeds: NodeJS.Timeout | undefined

process.on('message', (ask: FarAsk) => {
  switch (ask.kind) {
    case 'start':
      press.start(ask.storiesADay)
      deeds = setInterval(() => void act(), DEED_MS)
      return
    case 'stop':
      clearInterval(deeds)
      return press.stop()
    case 'report':
      collect()
      return tell(report())
    case 'close':
      press.close()
      void standIn.close().then(() => process.exit())
  }
})
process.on('disconnect', () => process.exit())
tell({ kind: 'ready', apiUrl: standIn.apiUrl, token: standIn.token, urls: press.urls, guilds, channels })

function tell(message: FarReady | FarReport): void {
  process.send?.(message)
}

/** A post in the air is looked at again: what it did is known when it is answered. The journal does not grow. */
function collect(): void {
  const entries = [...open, ...standIn.journal.filter(({ route }) => route === POST)]
  for (const { status, route } of standIn.journal)
    if (status === 429) limitedRoutes.set(route, (limitedRoutes.get(route) ?? 0) + 1)
  standIn.clearJournal()
  open = []
  for (const entry of entries) {
    if (entry.status === undefined && Date.now() - entry.at < 30_000) open.push(entry)
    if (entry.status !== 200) continue
    const body = JSON.stringify(entry.body)
    const story = /\/s\/(\d+)/.exec(body)?.[1]
    if (story === undefined) continue
    const channelId = entry.path.split('/')[2] ?? ''
    posted.push({ story: Number(story), channelId, askedAt: entry.at, at: entry.at + (entry.tookMs ?? 0) })
    if (payloads.length < PAYLOADS_MAX) payloads.push({ path: entry.path, body: entry.body })
  }
}

/** In turns: a question, and another word that is followed. */
async function act(): Promise<void> {
  const n = commands++
  const words = `${'abcdefghij'[n % 10]}${n.toString(36)}qu harbour`
  const deed =
    n % 2 === 0
      ? ({ kind: 'command', name: 'latest', channelId: asked.id, by: person, until: 'ack' } as const)
      : ({ kind: 'command', name: 'subscribe', options: { words }, channelId: asked.id, by: person } as const)
  try {
    const answer = await standIn.send(deed)
    if (answer.ackMs !== undefined) answersMs.push(answer.ackMs)
    const [proposal] = answer.messages
    const id = proposal && 'id' in proposal ? String(proposal['id']) : ''
    if (n % 2 === 1 && id)
      await standIn.send({ kind: 'button', messageId: id, customId: confirmOf(proposal), by: person })
  } catch (error) {
    console.error(`deed ${n}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function confirmOf(message: unknown): string {
  return /"custom_id":"([^"]*confirm[^"]*)"/.exec(JSON.stringify(message))?.[1] ?? ''
}

function report(): FarReport {
  const { hits, avoidable, global } = standIn.rates()
  return {
    kind: 'report',
    posted,
    stories: press.published,
    answersMs,
    commands,
    limited: hits,
    limitedRoutes: [...limitedRoutes],
    avoidable,
    limitedGlobally: global,
    violations: standIn.violations.length,
    payloads,
  }
}
