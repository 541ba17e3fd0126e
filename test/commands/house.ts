/** A newsroom in one call: a real store with invented news, two servers, a web of strings, and a clock that only the test turns.
 *  Every answer is painted and held against Discord's limits before a test sees it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { commands, pressables } from '../../src/commands.ts'
import { decodeBytes } from '../../src/core/decode.ts'
import { candidateFeeds } from '../../src/core/discover.ts'
import { readFeed } from '../../src/core/feed.ts'
import type { ChannelId, PersonId, ServerId, Topic } from '../../src/core/model.ts'
import { readOpml } from '../../src/core/opml.ts'
import { paintReply } from '../../src/core/paint.ts'
import type { Button, Control, Reply } from '../../src/core/reply.ts'
import { plain, type Rich } from '../../src/core/rich.ts'
import { createWake } from '../../src/edge/clock/wake.ts'
import { modalFault } from '../../src/edge/preview/component-fault.ts'
import { messageFault } from '../../src/edge/preview/message-fault.ts'
import { parseTopicsFile } from '../../src/edge/settings/topics-file.ts'
import { openStore } from '../../src/edge/store/sqlite.ts'
import { createWeb, type WebOptions } from '../../src/edge/web/web.ts'
import {
  type Asker,
  type ChannelFact,
  type Choice,
  type OptionValue,
  runCommand,
  runComplete,
  runPress,
  type World,
} from '../../src/flow/command.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import type { Log, LogFacts, Reader, Standing } from '../../src/flow/ports.ts'
import { BELTRAN, CORVO, PERSON, T0 } from '../contract/store/world.ts'
import { createFakeChat, type FakeChat } from '../fakes/chat.ts'
import { FOLDER, type Logged } from '../flow/stage.ts'
import { checkForm } from '../stand-in/limits/form.ts'
import { checkMessage } from '../stand-in/limits/message.ts'
import { startWeb, type WebOfStrings } from '../web/web.ts'

/** Of config/, as they are shipped. */
export const TOPICS: readonly Topic[] = shippedTopics()

const place = (name: string, more: Partial<ChannelFact> = {}): ChannelFact => ({
  id: name as ChannelId,
  name,
  kind: 'channel',
  mayAskerPost: true,
  ...more,
})
const PLACES: Readonly<Record<string, readonly ChannelFact[]>> = {
  [BELTRAN]: [
    place('harbour'),
    place('lighthouse', { kind: 'thread' }),
    place('library', { kind: 'forum' }),
    place('archive', { mayAskerPost: false }),
  ],
  [CORVO]: [place('meadow')],
}

/** Manages the first server. */
export const MANAGER: Asker = {
  serverId: BELTRAN,
  channelId: 'harbour' as ChannelId,
  personId: PERSON,
  managesServer: true,
  locale: 'en-GB',
  zone: 'UTC',
}
export const READER: Asker = { ...MANAGER, personId: 'person-2' as PersonId, managesServer: false }
/** Manages the other server. */
export const STRANGER: Asker = {
  ...MANAGER,
  serverId: CORVO as ServerId,
  channelId: 'meadow' as ChannelId,
  personId: 'person-3' as PersonId,
}
/** In a direct message; Discord tells no rights there. */
export const ALONE: Asker = {
  channelId: 'direct' as ChannelId,
  personId: PERSON,
  managesServer: false,
  locale: 'en-GB',
  zone: 'UTC',
}

export type MessageReply = Extract<Reply, { kind: 'message' }>
type Pressing = Readonly<{ values?: readonly string[]; fields?: Readonly<Record<string, string>>; by?: Asker }>

export type House = {
  now: number
  /** How far the clock goes on before each request: nobody is too fast, unless a test sets it to 0. */
  stepMs: number
  store: Store
  strings: WebOfStrings
  far: FakeChat
  standing: Standing
  logged: Logged[]
  limits: World['limits']
  /** Replaces a part of the world until the test ends. */
  instead: Partial<World>
  world(): World
  web(options: Partial<WebOptions>): void
  /** "feeds add" is a command with its subcommand. */
  run(name: string, options?: Readonly<Record<string, OptionValue>>, by?: Asker): Promise<Reply>
  /** Presses what a reply offers, by its label or its select's placeholder, or a custom_id alone. */
  press(what: string | readonly [Reply, string], pressing?: Pressing): Promise<Reply>
  complete(name: string, ...typing: [focused: string, typed: string, by?: Asker]): Promise<readonly Choice[]>
}

/** @param seed - brings the news, before each test */
export function useHouse(seed: (store: Store) => Promise<number> = async () => T0): House {
  let folder = ''
  let cache: World['cache']
  let webs: ReturnType<typeof createWeb>[] = []
  let names = 0
  const log = (level: string) => (event: string, facts?: LogFacts) => void house.logged.push({ ...facts, level, event })
  const recorder: Log = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
  const asked = async (run: () => Promise<Reply>): Promise<Reply> => {
    house.now += house.stepMs
    const reply = await run()
    expectPaintable(reply)
    return reply
  }
  const house: House = {
    now: T0,
    stepMs: 4_000,
    store: undefined as unknown as Store,
    strings: undefined as unknown as WebOfStrings,
    far: undefined as unknown as FakeChat,
    standing: { kind: 'ready' },
    logged: [],
    limits: { subscriptionsMax: 50, feedsMax: 10, cardsPerDayMax: 30 },
    instead: {},
    world: () => ({
      store: house.store,
      web: webs.at(-1) as World['web'],
      reader,
      cache,
      chat: { ...house.far.chat, check: async () => house.standing },
      places: {
        channel: async (id, { serverId }) => PLACES[serverId ?? '']?.find((one) => one.id === id),
      },
      wake: createWake(),
      log: recorder,
      now: () => house.now,
      chance: () => `chance${String(names++).padStart(6, '0')}abcdefghij`,
      topics: TOPICS,
      limits: house.limits,
      commands,
      version: '1.2.3',
      ...house.instead,
    }),
    web(options) {
      const { resolve, dial } = house.strings
      const basic = { userAgent: 'Pullquote/0 (+test)', allowPrivate: [], exemptOrigins: [], hostGapMs: 0 }
      webs.push(createWeb({ ...basic, now: () => house.now, elapsed: () => house.now, resolve, dial, ...options }))
    },
    run(name, options = {}, by = MANAGER) {
      const { command, more } = commandOf(name)
      return asked(() => runCommand(command, { asker: by, options, ...more }, house.world()))
    },
    press(what, { values = [], fields = {}, by = MANAGER } = {}) {
      const customId = typeof what === 'string' ? what : idOf(...what)
      return asked(() => runPress(pressables, { customId, asker: by, values, fields }, house.world()))
    },
    complete(name, ...[focused, typed, by = MANAGER]) {
      const { command, more } = commandOf(name)
      return runComplete(command, { asker: by, options: {}, focused, typed, ...more }, house.world())
    },
  }
  beforeEach(async () => {
    folder = mkdtempSync(path.join(FOLDER, 'pullquote-commands-'))
    const opened = await openStore({ path: path.join(folder, 'news.sqlite'), now: () => house.now })
    if (opened.kind === 'refused') throw new Error(opened.message)
    names = 0
    Object.assign(house, {
      now: T0,
      stepMs: 4_000,
      store: opened.store,
      strings: await startWeb(),
      far: createFakeChat(() => house.now),
      standing: { kind: 'ready' },
      logged: [],
      limits: { subscriptionsMax: 50, feedsMax: 10, cardsPerDayMax: 30 },
      instead: {},
    })
    cache = opened.cache
    house.web({})
    await house.store.joinServer(BELTRAN, T0)
    await house.store.joinServer(CORVO, T0)
    house.now = await seed(house.store)
  })
  afterEach(async () => {
    for (const web of webs) await web.close()
    webs = []
    await house.store.close()
    await house.strings.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return house
}

/** The very functions that the children run. */
const reader: Reader = {
  readFeed: async (document) => readFeed(document.bytes, document),
  readArticle: async () => ({ kind: 'lost', reason: 'stopped' }),
  candidateFeeds: async ({ bytes, url, contentType }) => {
    const hint = { kind: 'html', ...(contentType ? { contentType } : {}) } as const
    return { kind: 'read', urls: candidateFeeds(decodeBytes(bytes, hint), url) }
  },
  readOpml: async ({ bytes }) => readOpml(decodeBytes(bytes, { kind: 'xml' })),
}

function commandOf(typed: string) {
  const [name, subcommand] = typed.split(' ')
  const command = commands.find((one) => one.name === name)
  if (!command) throw new Error(`There is no command "${typed}"`)
  return { command, more: subcommand ? { subcommand } : {} }
}

function expectPaintable(reply: Reply): void {
  const painted = paintReply(reply)
  if (painted.kind === 'silent') return
  const shape = painted.kind === 'form' ? painted.modal : painted.message
  const body = JSON.parse(JSON.stringify(shape))
  expect(painted.kind === 'form' ? modalFault(body) : messageFault(body)).toBeUndefined()
  expect(painted.kind === 'form' ? checkForm(body) : checkMessage(body, 0)).toEqual([])
  if (painted.kind === 'message') expect(painted.message.allowed_mentions).toEqual({ parse: [] })
}

/** Every word of a reply, line by line. */
export function textOf(reply: Reply): string {
  if (reply.kind === 'silent') return ''
  if (reply.kind === 'form') return [reply.title, ...reply.fields.map(({ value }) => value)].join('\n')
  return reply.blocks
    .flatMap((block): readonly (Rich | string)[] => {
      switch (block.kind) {
        case 'bullets':
          return block.items
        case 'quote':
          return [block.text, block.by]
        case 'divider':
          return []
        case 'section':
          return block.lines
        default:
          return [block.text]
      }
    })
    .map((line) => (typeof line === 'string' ? line : plain(line)))
    .join('\n')
}

export function messageOf(reply: Reply): MessageReply {
  if (reply.kind !== 'message') throw new Error(`A ${reply.kind} where a message is due`)
  return reply
}

export function buttonsOf(reply: Reply): readonly Button[] {
  return controlsOf(reply).flatMap((control) => (control.kind === 'buttons' ? control.buttons : []))
}
export const labelsOf = (reply: Reply): readonly string[] => buttonsOf(reply).map(({ label }) => label)

/** The options of a reply's select. */
export function optionsOf(reply: Reply, placeholder: string) {
  const found = controlsOf(reply).find((one) => one.kind === 'select' && one.placeholder === placeholder)
  return found?.kind === 'select' ? found.options : []
}

const controlsOf = (reply: Reply): readonly Control[] => (reply.kind === 'message' ? reply.controls : [])

/** The custom_id behind a label or placeholder, or of a form. */
export function idOf(reply: Reply, label: string): string {
  if (reply.kind === 'form') return reply.id
  const button = buttonsOf(reply).find((one) => one.label === label)
  if (button?.kind === 'press' && !button.disabled) return button.id
  const other = controlsOf(reply).find((one) => one.kind !== 'buttons' && one.placeholder === label)
  if (other && other.kind !== 'buttons') return other.id
  throw new Error(`Nothing is called "${label}" under: ${textOf(reply)} [${labelsOf(reply).join(', ')}]`)
}

function shippedTopics(): readonly Topic[] {
  const file = path.resolve(import.meta.dirname, '../../config/topics.yaml')
  const read = parseTopicsFile(readFileSync(file, 'utf8'), file)
  if (read.kind === 'broken') throw new Error('config/topics.yaml is broken')
  return read.value
}
