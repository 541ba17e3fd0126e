/** Commands as values: a request in, a reply out, no Discord in them. Discord, the preview and the tests all come through here. */
import { parseCustomId } from '../core/custom-id.ts'
import type { ChannelId, PersonId, ServerId, Topic } from '../core/model.ts'
import { type Control, type Reply, refusal } from '../core/reply.ts'
import { en } from '../core/say/en.ts'
import { againControls } from './again.ts'
import type { Store } from './ports/store.ts'
import type { Cache, Chance, Chat, Log, Now, Reader, Wake, Web } from './ports.ts'
import {
  COMMANDS_PER_PERSON,
  COMMANDS_PER_SERVER,
  FETCHES_PER_SERVER,
  overQuota,
  PRESSES_PER_PERSON,
  PRESSES_PER_SERVER,
} from './quota.ts'

export type OptionValue = string | number | boolean
export type OptionSpec = Readonly<{
  name: string
  describe: string
  /** `file`: the value is the address where the attached file lies. */
  kind: 'text' | 'number' | 'flag' | 'channel' | 'file'
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
  access: Access
  /** It makes us fetch from the web: the tighter quota counts. */
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

/** Discord takes 25 answers. */
const CHOICES_MAX = 25

/** Runs a slash command: rights, quotas, the command itself, and one log line. Never throws. */
export async function runCommand(command: Command, request: CommandRequest, world: World): Promise<Reply> {
  const sub = command.subcommands?.find(({ name }) => name === request.subcommand)
  if (command.subcommands && !sub) return refusal(en.errors.unknownCommand)
  const { asker } = request
  const access = sub?.access ?? command.access
  const place = asker.serverId ?? asker.personId
  const quotas = [
    [COMMANDS_PER_PERSON, asker.personId],
    [COMMANDS_PER_SERVER, place],
    ...(sub?.fetches ? [[FETCHES_PER_SERVER, place] as const] : []),
  ] as const
  const again = () => againControls(command.name, request, world)
  return guarded(`/${command.name}`, asker, {
    world,
    again,
    async run() {
      const refused = refuse(command, access, asker)
      if (refused) return refused
      const againAt = await overQuota(quotas, world)
      if (againAt !== undefined) return { ...refusal(en.errors.tooFast(againAt)), controls: await again() }
      return command.run(request, world)
    },
  })
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
  const quotas = [
    [PRESSES_PER_PERSON, asker.personId],
    [PRESSES_PER_SERVER, asker.serverId ?? asker.personId],
  ] as const
  return guarded(`${command.name}:${parsed.verb}`, asker, {
    world,
    async run() {
      const refused = refuse(command, handler.access, asker)
      if (refused) return refused
      const againAt = await overQuota(quotas, world)
      if (againAt !== undefined) return refusal(en.errors.tooFast(againAt))
      return handler.run({ asker, verb: parsed.verb, args: parsed.args, values, fields }, world)
    },
  })
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

/** Rights as they stand at this moment, whatever Discord showed to whom. */
function refuse(command: Pressable, access: Access, asker: Asker): Reply | undefined {
  if (!(asker.serverId || command.inDirectMessages)) return refusal(en.errors.serverOnly)
  return access === 'manager' && !asker.managesServer ? refusal(en.errors.managersOnly) : undefined
}

type Guarding = Readonly<{ world: World; run(): Promise<Reply>; again?(): Promise<readonly Control[]> }>

async function guarded(what: string, asker: Asker, { world, run, again }: Guarding): Promise<Reply> {
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
    // Where the choices cannot be kept either, they are typed again.
    const controls = (await again?.().catch(() => [])) ?? []
    return { ...refusal(en.errors.broken, en.errors.brokenCode(code)), controls }
  }
}
