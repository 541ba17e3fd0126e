/** The whole bot as a child process, with the stand-in for Discord and the two outlets for the web. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { vi } from 'vitest'
import { type Ended, type Program, runProgram, scratch } from '../cli/program.ts'
import { type StandIn, type StandInOptions, startStandIn } from '../stand-in/stand-in.ts'
import { OUTLETS, type Press, startPress } from './discord-press.ts'
import { messagesIn, textOf } from './discord-seen.ts'

type Sent = Parameters<StandIn['send']>[0]
export type Answer = Awaited<ReturnType<StandIn['send']>>
/** A server with a channel, a manager and a reader. */
export type Room = Readonly<{ guildId: string; channelId: string; manager: string; reader: string }>

export type House = Readonly<{
  standIn: StandIn
  press: Press
  /** Quotas count by server and by person: each test takes a server of its own. */
  room(): Room
  /** Another member who may manage the server. */
  manager(guildId: string): string
  /** Starts the bot, and waits until it answers and has asked both feeds. */
  start(env?: Readonly<Record<string, string>>): Promise<void>
  /** Starts it and waits for nothing. */
  run(env?: Readonly<Record<string, string>>): Program
  program(): Program | undefined
  /** Another subcommand of the program, on the same settings and the same database, while it runs. */
  beside(...args: readonly string[]): Promise<Ended>
  /** Ends it as a service manager does. */
  stop(): Promise<Ended>
  send(deed: Sent): Promise<Answer>
  /** Every answer, with who asked. */
  answers: readonly Readonly<{ deed: Sent; answer: Answer }>[]
  close(): Promise<void>
}>

/** A slow machine starts a process in seconds; what takes longer hangs. */
export const PATIENCE = { timeout: 60_000, interval: 20 }

/** Discord gives three seconds, which `npm run bench:deliver` measures; a busy machine is no fault of the bot. */
const ANSWER_WITHIN_MS = 20_000

/** CARD.md, D5: ten seconds, and some. */
const END_MS_MAX = 30_000

export async function openHouse(options: StandInOptions = {}): Promise<House> {
  const standIn = await startStandIn({ rateLimits: 'off', answerWithinMs: ANSWER_WITHIN_MS, ...options })
  const press = await startPress()
  const folder = scratch()
  configure(folder.config, press)
  const answers: { deed: Sent; answer: Answer }[] = []
  let program: Program | undefined
  const environment = {
    DISCORD_TOKEN: standIn.token,
    DISCORD_API_URL: standIn.apiUrl,
    CONFIG_DIR: folder.config,
    DATA_DIR: folder.data,
    ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8',
    LOG_LEVEL: 'info',
  }
  const run: House['run'] = (env = {}) => {
    program = runProgram(['start'], { ...environment, ...env })
    return program
  }
  const stop = async (): Promise<Ended> => {
    const child = program?.child
    child?.kill('SIGTERM')
    // What does not end by itself fails the test, and is not left behind.
    const timer = setTimeout(() => child?.kill('SIGKILL'), END_MS_MAX)
    const ended = await program?.ended
    clearTimeout(timer)
    return ended ?? { code: null, out: '', err: '' }
  }
  const manager = (guildId: string): string => standIn.makeMember({ guildId, permissions: ['ManageGuild'] }).userId
  return {
    standIn,
    press,
    answers,
    manager,
    run,
    program: () => program,
    beside: (...args) => runProgram(args, environment).ended,
    stop,
    room() {
      const guildId = standIn.makeGuild({ name: 'Newsroom' }).id
      const channelId = standIn.makeChannel({ guildId, name: 'news' }).id
      return { guildId, channelId, manager: manager(guildId), reader: standIn.makeMember({ guildId }).userId }
    },
    async start(env) {
      const asked = [press.asked('post'), press.asked('herald')]
      const { ended } = run(env)
      let end: Ended | undefined
      void ended.then((one) => {
        end = one
      })
      const isUp = (): boolean =>
        standIn.gatewayState().connected > 0 &&
        standIn.commands().length > 0 &&
        press.asked('post') > (asked[0] ?? 0) &&
        press.asked('herald') > (asked[1] ?? 0)
      await vi.waitUntil(() => isUp() || end, PATIENCE)
      if (end) throw new Error(`Cannot start the bot: it ended with ${end.code}: ${end.out}${end.err}`)
    },
    async send(deed) {
      const answer = await standIn.send(deed)
      answers.push({ deed, answer })
      return answer
    },
    async close() {
      await stop()
      await press.close()
      await standIn.close()
      folder.remove()
    },
  }
}

/** Waits until a channel's messages, or those of a forum's posts, say this. @returns the last that does */
export async function cardIn(house: House, channelId: string, said: RegExp) {
  const found = () => messagesIn(house.standIn, channelId).findLast((message) => said.test(textOf(message)))
  return vi.waitFor(() => {
    const message = found()
    if (message) return message
    throw new Error(`Nothing says ${said}: ${messagesIn(house.standIn, channelId).map(textOf).join(' | ')}`)
  }, PATIENCE)
}

function configure(config: string, press: Press): void {
  const feeds = (['post', 'herald'] as const).map(
    (id) =>
      `  - { id: ${id}, url: "${press.feedUrl(id)}", outlet: ${OUTLETS[id]}, language: en, kind: outlet, everyMinutes: 0.02 }\n`,
  )
  writeFileSync(path.join(config, 'feeds.yaml'), `feeds:\n${feeds.join('')}`)
  writeFileSync(
    path.join(config, 'topics.yaml'),
    `topics:
  - { id: sea, name: Sea, emoji: 🚢, color: "#1f6feb", any: { en: [ferry, berth] } }
  - { id: chess, name: Chess, emoji: 🏁, color: "#888888", any: { en: [gambit] } }
`,
  )
  writeFileSync(
    path.join(config, 'settings.yaml'),
    'feeds: { hostGapMs: 0 }\nreader: { children: 1, timeoutMs: 10000 }\n',
  )
}
