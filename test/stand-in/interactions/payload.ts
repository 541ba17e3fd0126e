/** A person's deed -> the INTERACTION_CREATE that Discord makes of it. A deed that the client would not let a person do is an error, unless it
 *  is `forged`: then it is sent as it stands, to see what the bot makes of it. */
import { InteractionType } from 'discord-api-types/v10'
import type { Json } from '../json.ts'
import { privateChannel } from '../world/make.ts'
import { permissionsOf } from '../world/permissions.ts'
import { showChannel, showMember, showMessage, showUser } from '../world/show.ts'
import type { Channel, Message, User, World } from '../world.ts'
import { commandData, messageCommandData } from './command-data.ts'
import { type Opened, pressData, selectData } from './component-data.ts'
import { formData } from './form-data.ts'

type By = Readonly<{
  /** Who does it; the owner of everything, if absent. */
  by?: string
  /** Where; the private channel with the bot, if absent. A component's own channel counts. */
  channelId?: string
  locale?: string
  forged?: boolean
  /** The app was installed on the person, not on the server. */
  userInstalled?: boolean
  /** When the answer is there: at the first answer, or when a message was edited or followed. */
  until?: 'ack' | 'edit'
  waitMs?: number
}>
export type Options = Readonly<Record<string, string | number | boolean>>
export type CommandDeed = By & Readonly<{ name: string; subcommand?: string; options?: Options }>
export type Deed =
  | (CommandDeed & Readonly<{ kind: 'command' }>)
  | (CommandDeed & Readonly<{ kind: 'autocomplete'; focused: string }>)
  | (By & Readonly<{ kind: 'message command'; name: string; messageId: string }>)
  /** The button with this custom_id, or else with this label. */
  | (By & Readonly<{ kind: 'button'; messageId: string; customId?: string; label?: string }>)
  /** The select with this custom_id, or else the first. */
  | (By & Readonly<{ kind: 'select'; messageId: string; customId?: string; values: readonly string[] }>)
  /** `openedBy` is the interaction whose answer was the form. */
  | (By &
      Readonly<{
        kind: 'modal'
        openedBy: string
        customId?: string
        fields: Readonly<Record<string, string | readonly string[]>>
      }>)

export type Payload = Readonly<{ payload: Json; type: number; by: User; channel: Channel; source: Message | undefined }>

export function payloadOf(world: World, deed: Deed, opener: Opened | undefined): Payload {
  const by = world.users.get(deed.by ?? opener?.by.id ?? world.owner.id)
  if (!by) throw new Error(`Cannot ${deed.kind}: no person ${deed.by}`)
  const source = sourceOf(world, deed, { by, opener })
  const place = source?.channelId ?? opener?.channel.id ?? deed.channelId
  const channel = place === undefined ? privateChannel(world, by) : world.channels.get(place)
  if (!channel) throw new Error(`Cannot ${deed.kind}: no channel ${place}`)
  const { type, data } = dataOf(world, deed, { channel, by, source, opener })
  return {
    payload: { ...around(world, deed, { by, channel }), type, data, ...shown(source, deed) },
    type,
    by,
    channel,
    source,
  }
}

/** The message that a component stands in, also when its form is sent. */
function sourceOf(
  world: World,
  deed: Deed,
  { by, opener }: Readonly<{ by: User; opener: Opened | undefined }>,
): Message | undefined {
  if (deed.kind === 'modal') return opener?.source
  if (deed.kind !== 'button' && deed.kind !== 'select') return undefined
  const found = findMessage(world, deed.messageId)
  if (found.ephemeralTo !== undefined && found.ephemeralTo !== by.id)
    throw new Error(`Cannot ${deed.kind}: message ${deed.messageId} is shown to somebody else`)
  return found
}

function findMessage(world: World, messageId: string): Message {
  const everywhere = [...world.channels.values()].map(({ messages }) => messages)
  const found = [world.hidden, ...everywhere].map((messages) => messages.get(messageId)).find(Boolean)
  if (!found) throw new Error(`Cannot find message ${messageId}`)
  return found
}

type Setting = Readonly<{ channel: Channel; by: User; source: Message | undefined; opener: Opened | undefined }>

function dataOf(world: World, deed: Deed, setting: Setting): Readonly<{ type: number; data: Json }> {
  switch (deed.kind) {
    case 'command':
      return { type: InteractionType.ApplicationCommand, data: commandData(world, deed, setting) }
    case 'autocomplete':
      return { type: InteractionType.ApplicationCommandAutocomplete, data: commandData(world, deed, setting) }
    case 'message command': {
      const message = findMessage(world, deed.messageId)
      return { type: InteractionType.ApplicationCommand, data: messageCommandData(world, deed, message) }
    }
    case 'button':
      return { type: InteractionType.MessageComponent, data: pressData(deed, setting.source) }
    case 'select':
      return { type: InteractionType.MessageComponent, data: selectData(world, deed, setting.source) }
    case 'modal':
      return { type: InteractionType.ModalSubmit, data: formData(deed, setting.opener) }
  }
}

const shown = (source: Message | undefined, { kind }: Deed): Json =>
  source && (kind === 'button' || kind === 'select' || kind === 'modal') ? { message: showMessage(source) } : {}

/** What is the same in all interactions. */
function around(world: World, deed: Deed, { by, channel }: Readonly<{ by: User; channel: Channel }>): Json {
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId)
  const member = guild?.members.get(by.id)
  if (guild && !member) throw new Error(`Cannot ${deed.kind}: ${by.username} is not in ${guild.name}`)
  const permissions = String(permissionsOf(world, by.id, channel))
  if (guild && permissions === '0' && !deed.forged)
    throw new Error(`Cannot ${deed.kind}: ${by.username} does not see ${channel.name}`)
  return {
    application_id: world.application.id,
    channel: { ...showChannel(world, channel), permissions },
    channel_id: channel.id,
    version: 1,
    app_permissions: String(permissionsOf(world, world.bot.id, channel)),
    locale: deed.locale ?? 'en-GB',
    entitlements: [],
    entitlement_sku_ids: [],
    attachment_size_limit: 10_485_760,
    context: guild ? 0 : 1,
    authorizing_integration_owners: deed.userInstalled ? { '1': by.id } : { '0': guild?.id ?? '0' },
    ...(guild && member
      ? {
          guild_id: guild.id,
          guild_locale: guild.locale,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          member: { ...showMember(member), permissions },
        }
      : { user: showUser(by) }),
  }
}
