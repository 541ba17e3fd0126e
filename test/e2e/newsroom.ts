/** The whole bot against the stand-in, with the sample wire's outlets for news: its clock stands still until a test turns it. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { startWire, type Wire } from '../../src/edge/wire/wire.ts'
import { type Program, runProgram, scratch } from '../cli/program.ts'
import { type StandIn, startStandIn } from '../stand-in/stand-in.ts'

export type Answer = Awaited<ReturnType<StandIn['send']>>
export type Place = Readonly<{ guildId: string; channelId: string; managerId: string; readerId: string }>
export type Newsroom = Readonly<{
  standIn: StandIn
  /** A server of its own, so that no quota is shared: the bot is in it. */
  place(name: string): Place
  /** What the wire has published after so long. */
  turnWire(ageMs: number): void
  restart(): Promise<void>
  /** Ends the bot as it stands. @returns how it ended */
  ended(): ReturnType<() => Program['ended']>
  program(): Program
  close(): Promise<void>
}>

export async function openNewsroom(): Promise<Newsroom> {
  const standIn = await startStandIn({ rateLimits: 'off' })
  const startedAt = Date.now()
  let ageMs = 0
  const wire = await startWire({ now: () => startedAt + ageMs })
  const folder = scratch()
  configure(folder.config, wire)
  let program = start(standIn, folder)
  // A bot that ends before it is there says why.
  await Promise.race([until(() => standIn.commands().length > 0), program.printed(/never/)])
  return {
    standIn,
    place(name) {
      const guildId = standIn.makeGuild({ name }).id
      const channelId = standIn.makeChannel({ guildId, kind: 'text', name: 'news' }).id
      const managerId = standIn.makeMember({ guildId, permissions: ['ManageGuild'] }).userId
      return { guildId, channelId, managerId, readerId: standIn.makeMember({ guildId }).userId }
    },
    turnWire: (age) => {
      ageMs = age
    },
    async restart() {
      program.child.kill('SIGTERM')
      await program.ended
      program = start(standIn, folder)
      await until(() => standIn.gatewayState().connected)
    },
    ended: () => program.ended,
    program: () => program,
    async close() {
      program.child.kill('SIGTERM')
      await program.ended
      await wire.close()
      await standIn.close()
      folder.remove()
    },
  }
}

function start({ token, apiUrl }: StandIn, { config, data }: ReturnType<typeof scratch>): Program {
  return runProgram(['start'], {
    DISCORD_TOKEN: token,
    DISCORD_API_URL: apiUrl,
    CONFIG_DIR: config,
    DATA_DIR: data,
    ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8',
    LOG_LEVEL: 'warn',
  })
}

function configure(config: string, { sources }: Wire): void {
  const feeds = sources.map(
    ({ id, url, outlet }) =>
      `  - { id: ${id}, url: "${url}", outlet: ${outlet}, language: en, kind: outlet, everyMinutes: 0.02 }\n`,
  )
  writeFileSync(path.join(config, 'feeds.yaml'), `feeds:\n${feeds.join('')}`)
  writeFileSync(path.join(config, 'settings.yaml'), 'feeds: { hostGapMs: 0 }\nreader: { timeoutMs: 10000 }\n')
}

/** Asks again until it holds; bounded, so that a failure names itself. */
export async function until<Value>(ask: () => Value | undefined | false, waitMs = 20_000): Promise<Value> {
  const end = performance.now() + waitMs
  for (;;) {
    const value = ask()
    if (value) return value
    if (performance.now() > end) throw new Error(`It did not come within ${waitMs} ms: ${ask}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

/** Everything that a person reads of an answer. */
export function words(answer: Answer): string {
  return JSON.stringify([answer.messages, answer.modal ?? null, answer.choices ?? null])
}

export function idOf(answer: Answer): string {
  const [message] = answer.messages
  return typeof message === 'object' && message !== null && 'id' in message ? String(message['id']) : ''
}

type Options = Readonly<Record<string, string>>

/** What people do in one place of a newsroom. */
export type Acts = ReturnType<typeof actsIn>

export function actsIn({ standIn }: Newsroom, place: Place) {
  const { channelId, guildId } = place
  // A fresh member for each command: five in ten seconds are a person's quota.
  const manager = (): string => standIn.makeMember({ guildId, permissions: ['ManageGuild'] }).userId
  const reader = (): string => standIn.makeMember({ guildId }).userId
  const messages = () => standIn.messages({ channelId })
  return {
    ...place,
    manager,
    reader,
    messages,
    cards: () => messages().filter((message) => JSON.stringify(message).includes('v1:card:menu')),
    run(line: string, options: Options = {}, by: string = manager()): Promise<Answer> {
      const [name = '', subcommand] = line.split(' ')
      const sub = subcommand === undefined ? {} : { subcommand }
      return standIn.send({ kind: 'command', name, ...sub, options, channelId, by, forged: true })
    },
    /** The button with this label, or whose label matches. */
    press(messageId: string, label: RegExp | string, by: string = place.managerId): Promise<Answer> {
      const text = JSON.stringify(messages().find((one) => one['id'] === messageId) ?? {})
      const found =
        typeof label === 'string' ? label : new RegExp(`"label":"([^"]*${label.source}[^"]*)"`).exec(text)?.[1]
      return standIn.send({ kind: 'button', messageId, label: found ?? '', by })
    },
    async subscribed(topic: string): Promise<void> {
      const by = place.managerId
      const asked = await standIn.send({ kind: 'command', name: 'subscribe', options: { topic }, channelId, by })
      const done = await standIn.send({ kind: 'button', messageId: idOf(asked), label: 'Subscribe', by })
      if (!words(done).includes('now gets')) throw new Error(`Cannot subscribe: ${words(done)}`)
    },
    /** The sixth within ten seconds. */
    async tooFast(name: string): Promise<Answer> {
      const by = reader()
      const asked = () => standIn.send({ kind: 'command', name, channelId, by, options: {}, forged: true })
      for (let count = 0; count < 5; count += 1) await asked()
      return asked()
    },
    alone: (name: string): Promise<Answer> =>
      standIn.send({ kind: 'command', name, by: standIn.makeUser({ name: 'somebody' }).id, forged: true }),
  }
}
