/** Discord's interactions as requests of ours. Discord vouches for who asks and from where; options and custom_ids are as people, or forgers,
 *  made them. */
import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIApplicationCommandInteractionDataBasicOption,
  type APIApplicationCommandInteractionDataOption,
  type APIChatInputApplicationCommandInteraction,
  type APIMessageApplicationCommandInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionType,
  type ModalSubmitComponent,
} from 'discord-api-types/v10'
import { customId, parseCustomId } from '../../core/custom-id.ts'
import type { ChannelId, PersonId, ServerId } from '../../core/model.ts'
import { type Reply, refusal } from '../../core/reply.ts'
import { en } from '../../core/say/en.ts'
import {
  type Asker,
  type Choice,
  type Command,
  type CommandRequest,
  type OptionValue,
  type Pressable,
  runCommand,
  runComplete,
  runPress,
  type World,
} from '../../flow/command.ts'
import { managesServer } from './interactions.ts'

type Running = Readonly<{ commands: readonly Command[]; pressables: readonly Pressable[]; world: World }>
type Asked = APIApplicationCommandInteraction | APIMessageComponentInteraction | APIModalSubmitInteraction

/** @param ofServer - false where the app was installed on a person: then no server stands behind the request */
export async function replyTo(interaction: Asked, running: Running, ofServer: boolean): Promise<Reply> {
  const asker = askerOf(interaction, ofServer)
  const { commands, pressables, world } = running
  switch (interaction.type) {
    case InteractionType.ApplicationCommand: {
      if (isMessageCommand(interaction)) return runPress(pressables, { ...quotesOfMessage(interaction), asker }, world)
      if (!isChatCommand(interaction)) return refusal(en.errors.unknownCommand)
      const command = commands.find(({ name }) => name === interaction.data.name)
      return command
        ? runCommand(command, { asker, ...withFiles(optionsOf(interaction.data.options ?? []), interaction) }, world)
        : refusal(en.errors.unknownCommand)
    }
    case InteractionType.MessageComponent: {
      const { data } = interaction
      return runPress(
        pressables,
        { customId: data.custom_id, asker, values: 'values' in data ? data.values : [], fields: {} },
        world,
      )
    }
    case InteractionType.ModalSubmit: {
      const { data } = interaction
      return runPress(
        pressables,
        { customId: data.custom_id, asker, values: [], fields: fieldsOf(data.components) },
        world,
      )
    }
  }
}

export async function choicesFor(
  interaction: APIApplicationCommandAutocompleteInteraction,
  { commands, world }: Running,
  ofServer: boolean,
): Promise<readonly Choice[]> {
  const command = commands.find(({ name }) => name === interaction.data.name)
  if (!command) return []
  const { subcommand, options, focused } = optionsOf(interaction.data.options)
  const asker = askerOf(interaction, ofServer)
  // Proposals tell what a server follows: they are for those who may run the command.
  const access = command.subcommands?.find(({ name }) => name === subcommand)?.access ?? command.access
  if (access === 'manager' && !asker.managesServer) return []
  const request = { asker, options, ...(subcommand ? { subcommand } : {}) }
  return runComplete(
    command,
    { ...request, focused: focused ?? '', typed: String(options[focused ?? ''] ?? '') },
    world,
  )
}

function askerOf(interaction: Asked | APIApplicationCommandAutocompleteInteraction, ofServer: boolean): Asker {
  const { guild_id, channel, member, user, locale, guild_locale } = interaction
  const person = member?.user ?? user
  return {
    ...(guild_id && ofServer ? { serverId: guild_id as ServerId } : {}),
    channelId: (channel?.id ?? '0') as ChannelId,
    personId: (person?.id ?? '0') as PersonId,
    managesServer: managesServer(member?.permissions),
    locale,
    ...(guild_locale ? { serverLocale: guild_locale } : {}),
    // Discord does not tell a person's zone; times are painted so that each client shows its own.
    zone: 'UTC',
  }
}

function isChatCommand(
  interaction: APIApplicationCommandInteraction,
): interaction is APIChatInputApplicationCommandInteraction {
  return interaction.data.type === ApplicationCommandType.ChatInput
}

function isMessageCommand(
  interaction: APIApplicationCommandInteraction,
): interaction is APIMessageApplicationCommandInteraction {
  return interaction.data.type === ApplicationCommandType.Message
}

/** "Who said what" on one of our cards: its sources button names the story. On any other message nothing answers. */
function quotesOfMessage({ data }: APIMessageApplicationCommandInteraction) {
  const message = data.resolved.messages[data.target_id]
  const ids = JSON.stringify(message?.components ?? []).match(/v1:card:sources:[\w-]+/g) ?? []
  const storyId = ids.map((id) => parseCustomId(id)?.args[0]).find(Boolean)
  return { customId: storyId ? customId('card', 'quotes', storyId, '0') : 'none', values: [], fields: {} }
}

type Read = Readonly<{ options: CommandRequest['options']; subcommand?: string; focused?: string }>

function optionsOf(given: readonly APIApplicationCommandInteractionDataOption[]): Read {
  const [first] = given
  if (first?.type === ApplicationCommandOptionType.Subcommand)
    return { ...optionsOf(first.options ?? []), subcommand: first.name }
  const basic = given.filter(isBasic)
  const options = Object.fromEntries(basic.map(({ name, value }): [string, OptionValue] => [name, value]))
  const focused = basic.find((option) => 'focused' in option && option.focused)?.name
  return focused === undefined ? { options } : { options, focused }
}

/** An attachment is named by its id; where it lies, Discord says beside the options. */
function withFiles(read: Read, { data }: APIChatInputApplicationCommandInteraction): Read {
  const files = data.resolved?.attachments
  if (!files) return read
  const options = Object.entries(read.options).map(([name, value]): [string, OptionValue] => {
    const file = Object.hasOwn(files, String(value)) ? files[String(value)] : undefined
    return [name, file?.url ?? value]
  })
  return { ...read, options: Object.fromEntries(options) }
}

function isBasic(
  option: APIApplicationCommandInteractionDataOption,
): option is APIApplicationCommandInteractionDataBasicOption {
  return 'value' in option
}

function fieldsOf(components: readonly ModalSubmitComponent[] | readonly object[]): Readonly<Record<string, string>> {
  const inputs = components.flatMap((row): object[] =>
    'component' in row
      ? [Object(row.component)]
      : 'components' in row && Array.isArray(row.components)
        ? row.components
        : [],
  )
  return Object.fromEntries(
    inputs.flatMap((input): [string, string][] =>
      'custom_id' in input && 'value' in input && typeof input.custom_id === 'string' && typeof input.value === 'string'
        ? [[input.custom_id, input.value]]
        : [],
    ),
  )
}
