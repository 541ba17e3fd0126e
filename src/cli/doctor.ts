/** `pullquote doctor`: what is wrong, each with its cure. Exit code 3 when something is. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Feed, Subscription } from '../core/model.ts'
import {
  type Application,
  createRest,
  discordTime,
  fetchApplication,
  TokenRefused,
} from '../edge/discord/application.ts'
import { createCheck } from '../edge/discord/post.ts'
import { readSettings, type Settings } from '../edge/settings/settings.ts'
import { damagedRows } from '../edge/store/damaged.ts'
import { type OpenResult, openStore, openStoreBeside } from '../edge/store/sqlite.ts'
import { proxyProblem } from '../edge/web/web.ts'
import { examineFeeds, type FeedsExamined } from './doctor-feeds.ts'
import { EXIT, Exit } from './exit.ts'
import type { Finding } from './finding.ts'
import { heartbeatProblem } from './heartbeat.ts'
import { DATABASE, ROOT } from './house.ts'
import { examineBackups, examineDisk, examineState } from './state.ts'

/** Discord refuses interactions and we misjudge nonces when the clock is off by more. */
const CLOCK_OFF_MS_MAX = 10_000
const CHECK_MS = 20_000

export async function doctor(env: NodeJS.ProcessEnv, { json }: Readonly<{ json: boolean }>): Promise<void> {
  const read = readSettings(env, ROOT)
  const findings: Finding[] = []
  let feeds: Pick<FeedsExamined, 'feeds' | 'lines'> = { feeds: [], lines: [] }
  if (read.kind === 'broken')
    findings.push(...read.lines.map((line): Finding => ({ what: 'settings', state: 'problem', says: line })))
  else {
    findings.push({ what: 'settings', state: 'ok', says: 'settings.yaml, feeds.yaml and topics.yaml are in order' })
    const examined = await examine(
      read.settings,
      env,
      json ? () => undefined : (text) => process.stderr.write(`${text}\n`),
    )
    findings.push(...examined.findings)
    feeds = examined
  }
  const problems = findings.filter(({ state }) => state === 'problem').length
  const told = { problems, findings, feeds: feeds.feeds }
  process.stdout.write(json ? `${JSON.stringify(told, undefined, 2)}\n` : report(findings, feeds.lines))
  if (problems > 0) throw new Exit(EXIT.unwell, problems === 1 ? 'One problem found.' : `${problems} problems found.`)
}

/** What was found comes last: a terminal shows the end of what is long. */
function report(findings: readonly Finding[], feeds: readonly string[]): string {
  const marks = { ok: '✓', note: '!', problem: '✗', skipped: '–' }
  const lines = findings.map(
    ({ what, state, says, cure }) => `${marks[state]} ${what}: ${says}${cure ? `\n    → ${cure}` : ''}`,
  )
  return `${[...(feeds.length > 0 ? ['Feeds', ...feeds, ''] : []), ...lines].join('\n')}\n`
}

async function examine(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  progress: (text: string) => void,
): Promise<FeedsExamined> {
  const proxy = proxyProblem(env)
  const database = await examineDatabase(settings)
  progress('Asking Discord …')
  const discord = await examineDiscord(settings, database.subscriptions)
  progress(`Asking the feeds (${settings.sources.length}, and those of servers) …`)
  const feeds = await examineFeeds(settings, database.feeds)
  const network: Finding =
    proxy && !settings.web.allowProxy
      ? {
          what: 'network',
          state: 'problem',
          says: proxy,
          cure: 'Unset the variable, or set web.allowProxy in settings.yaml.',
        }
      : { what: 'network', state: 'ok', says: 'no proxy in the way' }
  return { ...feeds, findings: [network, ...database.findings, ...discord, ...feeds.findings] }
}

type Running = (dataDir: string) => readonly Finding[]

/** A bot that runs has the database for itself: then it is looked at from beside. */
async function openedOrBeside(file: string): Promise<readonly [OpenResult, Running]> {
  const place = { path: file, now: () => Date.now() }
  const opened = await openStore(place)
  if (opened.kind === 'opened' || !opened.isRunning) return [opened, () => []]
  return [openStoreBeside(place), (dataDir) => [examineRunning(dataDir)]]
}

function examineRunning(dataDir: string): Finding {
  const problem = heartbeatProblem(dataDir, Date.now())
  return problem === undefined
    ? { what: 'bot', state: 'ok', says: 'is running, and its loops turn' }
    : { what: 'bot', state: 'problem', says: problem, cure: 'Look into its log, then start it again: nothing is lost.' }
}

type DatabaseExamined = Readonly<{
  findings: readonly Finding[]
  subscriptions: readonly Subscription[]
  feeds: readonly Feed[]
}>

async function examineDatabase(settings: Settings): Promise<DatabaseExamined> {
  const { dataDir } = settings
  const what = 'database'
  try {
    mkdirSync(dataDir, { recursive: true })
  } catch (error) {
    return {
      findings: [
        {
          what,
          state: 'problem',
          says: `cannot make ${dataDir}: ${String(error)}`,
          cure: 'Set DATA_DIR to a folder that I may write to.',
        },
      ],
      subscriptions: [],
      feeds: [],
    }
  }
  const disk = examineDisk(settings)
  const [opened, running] = await openedOrBeside(path.join(dataDir, DATABASE))
  if (opened.kind === 'refused')
    return { findings: [disk, { what, state: 'problem', says: opened.message }], subscriptions: [], feeds: [] }
  const { store } = opened
  try {
    const check = await store.check()
    const subscriptions = await store.allSubscriptions()
    const finding: Finding =
      check === 'ok'
        ? { what, state: 'ok', says: `passes its check, ${subscriptions.length} subscriptions` }
        : {
            what,
            state: 'problem',
            says: check,
            cure: 'Stop the bot and put the newest backup in its place: pullquote restore <file>.',
          }
    const more = [
      ...running(dataDir),
      examineRows(path.join(dataDir, DATABASE)),
      examineBackups(settings, Date.now()),
      ...(await examineState(store, Date.now())),
    ]
    return { findings: [disk, finding, ...more], subscriptions, feeds: await store.allFeeds() }
  } finally {
    await store.close()
  }
}

function examineRows(file: string): Finding {
  const what = 'rows'
  const damaged = damagedRows(file)
  if (damaged.length === 0) return { what, state: 'ok', says: 'every row can be read' }
  const named = damaged.map(
    ({ table, rows, ids }) => `${rows} in ${table} (${ids.join(', ')}${rows > ids.length ? ', …' : ''})`,
  )
  return {
    what,
    state: 'problem',
    says: `cannot be read: ${named.join('; ')}`,
    cure: 'All else goes on. Feeds of config/ mend at the next start; make a subscription anew, or put a backup back: pullquote restore <file>.',
  }
}

async function examineDiscord(
  { discord }: Settings,
  subscriptions: readonly Subscription[],
): Promise<readonly Finding[]> {
  if (!discord)
    return [{ what: 'token', state: 'skipped', says: 'there is no DISCORD_TOKEN: npm start opens the preview' }]
  try {
    const application = await fetchApplication(discord)
    return [
      { what: 'token', state: 'ok', says: `Discord knows us as ${application.name}` },
      { what: 'intents', state: 'ok', says: 'only Guilds is asked for, which needs no permission' },
      await examineClock(discord),
      ...(await examineChannels(application, discord, subscriptions)),
    ]
  } catch (error) {
    const refused = error instanceof TokenRefused
    const cure = refused
      ? 'Copy the token from the developer portal, Bot (Reset Token makes a new one).'
      : 'Check the network and DISCORD_API_URL, or see https://discordstatus.com.'
    return [
      {
        what: 'token',
        state: 'problem',
        says: refused ? 'Discord does not accept the token' : `Discord is out of reach (${String(error)})`,
        cure,
      },
    ]
  }
}

type Token = NonNullable<Settings['discord']>

async function examineClock(discord: Token): Promise<Finding> {
  const theirs = await discordTime(discord)
  if (theirs === undefined) return { what: 'clock', state: 'skipped', says: 'Discord told no time' }
  const off = Math.abs(theirs - Date.now())
  return off > CLOCK_OFF_MS_MAX
    ? {
        what: 'clock',
        state: 'problem',
        says: `is off by ${Math.round(off / 1000)} s`,
        cure: 'Switch on time synchronisation (timedatectl set-ntp true).',
      }
    : { what: 'clock', state: 'ok', says: 'agrees with Discord' }
}

async function examineChannels(
  application: Application,
  discord: Token,
  subscriptions: readonly Subscription[],
): Promise<readonly Finding[]> {
  const rest = createRest(discord)
  const check = createCheck((ask, signal) => ask(rest, signal), application.id)
  const byChannel = new Map(
    subscriptions.flatMap(({ target }) => (target.kind === 'person' ? [] : [[target.channelId, target] as const])),
  )
  const findings: Finding[] = []
  for (const target of byChannel.values()) {
    const standing = await check(target, AbortSignal.timeout(CHECK_MS))
    const what = `channel ${target.channelId}`
    if (standing.kind === 'ready') continue
    if (standing.kind === 'unknown target')
      findings.push({
        what,
        state: 'problem',
        says: 'is gone or hidden from me',
        cure: 'Move its subscriptions with /subscriptions, or let me see it.',
      })
    else
      findings.push({
        what,
        state: 'problem',
        says: `I am missing ${standing.missing.join(', ')}`,
        cure: 'Channel settings, Permissions: add me and allow these.',
      })
  }
  return findings.length > 0
    ? findings
    : [{ what: 'channels', state: 'ok', says: `I may post in all ${byChannel.size} subscribed channels` }]
}
