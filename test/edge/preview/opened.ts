/** A preview on a free port with a turned clock, and commands that need no store. */

import { customId } from '../../../src/core/custom-id.ts'
import type { ChannelId, DeliveryId } from '../../../src/core/model.ts'
import { paintReply } from '../../../src/core/paint.ts'
import { onlyYou } from '../../../src/core/reply.ts'
import { rich } from '../../../src/core/rich.ts'
import type { OperatorStatus } from '../../../src/edge/preview/page/wire.ts'
import { type OpenPreview, openPreview, type PreviewOptions } from '../../../src/edge/preview/preview.ts'
import type { Command, World } from '../../../src/flow/command.ts'

export const ALERTS = '100000000000000010' as ChannelId
export const DIGEST = '100000000000000011' as ChannelId
export const NOON = Date.UTC(2026, 10, 25, 12)
export const TOKEN = 'a-token-of-this-start1'

export const channels = [
  { id: ALERTS, name: 'alerts', topic: 'Harbour · Space' },
  { id: DIGEST, name: 'digest', topic: 'One list a day' },
]

const echo: Command = {
  name: 'echo',
  describe: 'Say it again',
  access: 'everyone',
  inDirectMessages: true,
  options: [
    { name: 'words', describe: 'What to say', kind: 'text', required: true, charsMax: 50 },
    { name: 'loud', describe: 'In capitals', kind: 'flag' },
    { name: 'times', describe: 'How often', kind: 'number' },
    { name: 'where', describe: 'A channel', kind: 'channel' },
    {
      name: 'tone',
      describe: 'How',
      kind: 'text',
      choices: [
        { name: 'Friendly', value: 'friendly' },
        { name: 'Stern', value: 'stern' },
      ],
    },
  ],
  run: async ({ options, asker }) =>
    onlyYou([{ kind: 'text', text: rich`${JSON.stringify(options)} ${asker.zone} ${asker.channelId}` }], {
      controls: [
        {
          kind: 'buttons',
          buttons: [
            { kind: 'press', label: 'Again', style: 'primary', id: customId('echo', 'again', 'x') },
            { kind: 'press', label: 'Ask', style: 'secondary', id: customId('echo', 'ask') },
            { kind: 'press', label: 'Nothing', style: 'secondary', id: customId('echo', 'nothing') },
          ],
        },
      ],
    }),
  presses: {
    again: {
      access: 'everyone',
      run: async ({ args, values }) =>
        onlyYou([{ kind: 'text', text: rich`again ${args.join()} ${values.join()}` }], { how: 'update' }),
    },
    ask: {
      access: 'everyone',
      run: async () => ({
        kind: 'form',
        id: customId('echo', 'told'),
        title: 'Say more',
        fields: [{ name: 'more', label: 'More words', value: '', long: true, required: true, charsMax: 100 }],
      }),
    },
    told: {
      access: 'everyone',
      run: async ({ fields }) => onlyYou([{ kind: 'text', text: rich`told ${fields['more'] ?? ''}` }]),
    },
    nothing: { access: 'everyone', run: async () => ({ kind: 'silent' }) },
  },
}

const shout: Command = {
  name: 'shout',
  describe: 'Say it to everyone',
  access: 'everyone',
  inDirectMessages: true,
  options: [],
  run: async () => ({ ...onlyYou([{ kind: 'text', text: rich`To all` }]), to: 'everyone' }),
}

const PEOPLE = ['Mira Holt', 'Marek Dvor', 'Ines Quay']
const feeds: Command = {
  name: 'feeds',
  describe: 'Feeds',
  access: 'manager',
  inDirectMessages: false,
  options: [],
  subcommands: [
    {
      name: 'add',
      describe: 'Add a feed',
      access: 'manager',
      options: [{ name: 'url', describe: 'Its address', kind: 'text', required: true }],
    },
    {
      name: 'by',
      describe: 'Feeds of a person',
      access: 'everyone',
      options: [{ name: 'person', describe: 'Who', kind: 'text', completes: true }],
    },
  ],
  run: async ({ subcommand, options }) =>
    onlyYou([{ kind: 'text', text: rich`${subcommand ?? ''} ${JSON.stringify(options)}` }]),
  complete: async ({ typed }) =>
    PEOPLE.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase())).map((name) => ({ name, value: name })),
}

export const commands: readonly Command[] = [echo, shout, feeds]

export const calm: OperatorStatus = {
  feeds: 3,
  feedsUp: 2,
  storiesToday: 38,
  posted: 2,
  feedToCardP95Ms: 412,
  feedRows: [
    {
      name: 'The Tidewater',
      mood: 'bad',
      said: '503',
      cure: 'The site is in trouble, which mostly passes. I keep trying.',
      nextAt: NOON + 360_000,
      lastAt: NOON - 40_000,
      sinceAt: NOON - 3_600_000,
      tookMs: 2_100,
    },
    {
      name: 'Harbour Post',
      mood: 'good',
      said: '304 unchanged',
      perDay: '14',
      nextAt: NOON + 60_000,
      lastAt: NOON - 12_000,
      tookMs: 88,
    },
    { name: 'Quay Radio', mood: 'waiting', said: 'not asked yet' },
  ],
  loops: [
    { name: 'gather', waiting: 0, lastAt: NOON - 1_000, lastTookMs: 91 },
    { name: 'read', waiting: 4, lastAt: NOON - 2_000, lastTookMs: 230 },
    { name: 'deliver', waiting: 1 },
  ],
  deliveries: [
    { id: 'd2', title: 'Harbour reopens after the storm', state: 'sent', tookMs: 388 },
    { id: 'd1', title: 'Ferry strike called off', state: 'dead', reason: '50035 Invalid Form Body' },
  ],
  counts: { queued: 1, sending: 0, sent: 2, unsure: 0, held: 0, dead: 1, deleted: 0, folded: 0 },
}

export type Opened = OpenPreview &
  Readonly<{
    get(path: string, init?: RequestInit): Promise<Response>
    post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
    retried: DeliveryId[]
    logged: string[]
    turn(ms: number): void
  }>

/** Throws where the preview refuses to open. */
export async function opened(options: Partial<PreviewOptions> = {}): Promise<Opened> {
  let now = NOON
  const retried: DeliveryId[] = []
  const logged: string[] = []
  const cached = new Map<string, unknown>()
  const write = (event: string, facts: object = {}) => void logged.push(`${event} ${JSON.stringify(facts)}`)
  const log = { debug: write, info: write, warn: write, error: write }
  // Only what a command of this file or the runner itself touches.
  const world = {
    log,
    now: () => now,
    chance: () => 'by-chance-0123456789ab',
    cache: {
      get: async (key: string) => cached.get(key),
      set: async (key: string, value: unknown) => void cached.set(key, value),
      delete: async (key: string) => void cached.delete(key),
    },
    wake: { call: () => undefined, wait: async () => undefined },
    store: { retryDelivery: async (id: DeliveryId) => id === 'd1' && retried.push(id) > 0 },
  } as unknown as World
  const preview = await openPreview({
    port: 0,
    database: ':memory:',
    now: () => now,
    chance: () => TOKEN,
    log,
    channels,
    commands,
    world: () => world,
    paintReply,
    status: async () => calm,
    statusEveryMs: 3_600_000,
    ...options,
  })
  if (preview.kind === 'refused') throw new Error(preview.message)
  const at = (path: string) => new URL(path, preview.url)
  return {
    ...preview,
    retried,
    logged,
    turn: (ms) => {
      now += ms
    },
    get: (path, init) => fetch(at(path), init),
    post: (path, body, headers = {}) =>
      fetch(at(path), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-pullquote': TOKEN, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  }
}
