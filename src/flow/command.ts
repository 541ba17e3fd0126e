/** Commands as values: a request in, a reply out, no Discord in them. Discord, the preview and the tests all come through here. */
import { parseCustomId } from '../core/custom-id.ts'
import type { ChannelId, PersonId, ServerId, Topic } from '../core/model.ts'
import type { Reply } from '../core/reply.ts'
import { refusal } from '../core/reply.ts'
import { en } from '../core/say/en.ts'
import type { Store } from './ports/store.ts'
import type { Cache, Chance, Chat, Log, Now, Reader, Wake, Web } from './ports.ts'

export type OptionValue = string | number | boolean
export type OptionSpec = Readonly<{
  name: string
  describe: string
  kind: 'text' | 'number' | 'flag' | 'channel'
  required?: boolean
  /** Fixed answers; never together with `completes`. */
  choices?: readonly Choice[]
  /** The command's `complete` proposes answers while the person types. */
  completes?: boolean
  charsMax?: number
}>
export type Choice = Readonly<{ name: string; value: string }>

/** Who asks, from where, with which rights. The gateway vouches for it; the preview makes one person who may do everything. */
export type Asker = Readonly<{
  /** Missing in a direct message. */
  serverId?: ServerId
  channelId: ChannelId
  personId: PersonId
  /** Manage Guild, as it stands at this moment. */
  managesServer: boolean
  /** BCP 47, as Discord gives them; replies only the asker sees are in `locale`, public ones in `serverLocale`. */
  locale: string
  serverLocale?: string
  /** IANA time zone. */
  zone: string
}>
export type CommandRequest = Readonly<{
  asker: Asker
  subcommand?: string
  options: Readonly<Record<string, OptionValue>>
}>
export type CompleteRequest = CommandRequest & Readonly<{ focused: string; typed: string }>
/** A button, a select's values, or a form's fields that came back. All of it can be forged. */
export type PressRequest = Readonly<{
  asker: Asker
  verb: string
  args: readonly string[]
  values: readonly string[]
  fields: Readonly<Record<string, string>>
}>

/** A channel of the asker's server, looked up on the far side and never believed from a request. */
export type ChannelFact = Readonly<{
  id: ChannelId
  name: string
  kind: 'channel' | 'thread' | 'forum'
  mayAskerPost: boolean
}>
export type Places = Readonly<{
  /** Undefined where the channel is not in this server, or cannot hold messages. */
  channel(id: ChannelId, asker: Asker): Promise<ChannelFact | undefined>
}>

export type Limits = Readonly<{ subscriptionsMax: number; feedsMax: number; cardsPerDayMax: number }>

/** What commands may use. */
export type World = Readonly<{
  store: Store
  web: Web
  reader: Reader
  cache: Cache
  chat: Chat
  places: Places
  wake: Wake
  log: Log
  now: Now
  chance: Chance
  /** The topics of config/, in its order. */
  topics: readonly Topic[]
  limits: Limits
  /** Names and descriptions, for /help. */
  commands: readonly Pick<Command, 'name' | 'describe' | 'access'>[]
  version: string
}>

export type Access = 'everyone' | 'manager'

/** What answers to buttons, selects and forms whose custom_id names it. */
export type Pressable = Readonly<{
  name: string
  /** Whether it makes sense in a direct message. */
  inDirectMessages: boolean
  /** By verb. */
  presses?: Readonly<
    Record<string, Readonly<{ access: Access; run(request: PressRequest, world: World): Promise<Reply> }>>
  >
}>

export type Subcommand = Readonly<{
  name: string
  describe: string
  options: readonly OptionSpec[]
  access: Access /** It makes us fetch from the web: the tighter quota counts. */
  fetches?: boolean
}>

export type Command = Pressable &
  Readonly<{
    describe: string
    /** `manager`: shown to and run by those with Manage Guild only. */
    access: Access
    options: readonly OptionSpec[]
    /** Where there are subcommands, `options` is empty. */
    subcommands?: readonly Subcommand[]
    run(request: CommandRequest, world: World): Promise<Reply>
    complete?(request: CompleteRequest, world: World): Promise<readonly Choice[]>
  }>

/** SECURITY.md Q2. */
const PER_PERSON = { name: 'person', max: 5, windowMs: 10_000 }
const PER_SERVER = { name: 'server', max: 20, windowMs: 60_000 }
const FETCHES_PER_SERVER = { name: 'fetch', max: 10, windowMs: 60_000 }
/** Discord takes 25 answers. */
const CHOICES_MAX = 25

/** Runs a slash command: rights, quotas, the command itself, and one log line. Never throws. */
export async function runCommand(command: Command, request: CommandRequest, world: World): Promise<Reply> {
  const sub = command.subcommands?.find(({ name }) => name === request.subcommand)
  if (command.subcommands && !sub) return refusal(en.errors.unknownCommand)
  const refused = await refuse(
    command,
    { access: sub?.access ?? command.access, fetches: sub?.fetches ?? false },
    { asker: request.asker, world },
  )
  return refused ?? guarded(`/${command.name}`, request.asker, { world, run: () => command.run(request, world) })
}

/** Runs what a button, select or form asks for. A custom_id that nobody of us made is refused. Never throws. */
export async function runPress(
  pressables: readonly Pressable[],
  press: Readonly<{
    customId: string
    asker: Asker
    values: readonly string[]
    fields: Readonly<Record<string, string>>
  }>,
  world: World,
): Promise<Reply> {
  const parsed = parseCustomId(press.customId)
  const command = pressables.find(({ name }) => name === parsed?.command)
  const presses = command?.presses
  const handler = presses && parsed && Object.hasOwn(presses, parsed.verb) ? presses[parsed.verb] : undefined
  if (!(parsed && command && handler)) return refusal(en.errors.unknownButton)
  const { asker, values, fields } = press
  const refused = await refuse(command, { access: handler.access, fetches: false }, { asker, world })
  const request = { asker, verb: parsed.verb, args: parsed.args, values, fields }
  return refused ?? guarded(`${command.name}:${parsed.verb}`, asker, { world, run: () => handler.run(request, world) })
}

/** Proposes answers for an option; an error proposes none. */
export async function runComplete(
  command: Command,
  request: CompleteRequest,
  world: World,
): Promise<readonly Choice[]> {
  if (!command.complete) return []
  try {
    return (await command.complete(request, world)).slice(0, CHOICES_MAX)
  } catch (error) {
    world.log.warn('complete failed', { command: command.name, error: String(error) })
    return []
  }
}

type Call = Readonly<{ asker: Asker; world: World }>

async function refuse(
  command: Pressable,
  { access, fetches }: Readonly<{ access: Access; fetches: boolean }>,
  { asker, world }: Call,
): Promise<Reply | undefined> {
  if (!(asker.serverId || command.inDirectMessages)) return refusal(en.errors.serverOnly)
  if (access === 'manager' && !asker.managesServer) return refusal(en.errors.managersOnly)
  const place = asker.serverId ?? asker.personId
  const quotas = [
    [PER_PERSON, asker.personId],
    [PER_SERVER, place],
    ...(fetches ? [[FETCHES_PER_SERVER, place] as const] : []),
  ] as const
  for (const [quota, who] of quotas) if (await isOver(quota, who, world)) return refusal(en.errors.tooFast)
  return undefined
}

/** Counts in fixed windows: simple, and never more than twice the quota in any window's length. */
async function isOver(quota: typeof PER_PERSON, who: string, { cache, now }: World): Promise<boolean> {
  const window = Math.floor(now() / quota.windowMs)
  const key = `quota:${quota.name}:${who}:${window}`
  const count = Number((await cache.get(key)) ?? 0) + 1
  await cache.set(key, count, quota.windowMs)
  return count > quota.max
}

async function guarded(
  what: string,
  asker: Asker,
  { world, run }: Readonly<{ world: World; run: () => Promise<Reply> }>,
): Promise<Reply> {
  const startedAt = world.now()
  try {
    const reply = await run()
    world.log.info('command answered', { what, serverId: asker.serverId, tookMs: world.now() - startedAt })
    return reply
  } catch (error) {
    // The code joins what the person sees with the line in the log.
    const code = world.chance().slice(0, 6)
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    world.log.error('command failed', { what, code, serverId: asker.serverId, error: text })
    return refusal(en.errors.broken(code))
  }
}
