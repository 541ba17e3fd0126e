/** Commands as Discord wants them, registered only when they changed. */
import { createHash } from 'node:crypto'
import type { REST } from 'discord.js'
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord-api-types/v10'
import type { Command, OptionSpec } from '../../flow/command.ts'
import type { Store } from '../../flow/ports/store.ts'

/** Where a card can be posted. */
const POSTABLE = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
] as const

type Body = RESTPutAPIApplicationCommandsJSONBody[number]
type Option = NonNullable<Extract<Body, { description: string }>['options']>[number]

export function commandBodies(commands: readonly Command[]): RESTPutAPIApplicationCommandsJSONBody {
  return [...commands.map(commandBody), WHO_SAID_WHAT]
}

/** In a message's own menu: the quotes of one of our cards. */
const WHO_SAID_WHAT: Body = {
  type: ApplicationCommandType.Message,
  name: 'Who said what',
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
}

function commandBody(command: Command): Body {
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: command.describe,
    // Who may not run it does not even see it; the permission is checked again when it runs.
    default_member_permissions: command.access === 'manager' ? String(PermissionFlagsBits.ManageGuild) : null,
    contexts: command.inDirectMessages
      ? [InteractionContextType.Guild, InteractionContextType.BotDM]
      : [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: command.subcommands
      ? command.subcommands.map(
          (sub): Option => ({
            type: ApplicationCommandOptionType.Subcommand,
            name: sub.name,
            description: sub.describe,
            options: sub.options.map(optionBody),
          }),
        )
      : command.options.map(optionBody),
  }
}

function optionBody(option: OptionSpec): APIApplicationCommandBasicOption {
  const { name, describe: description, required = false } = option
  if (option.kind === 'channel') {
    return {
      type: ApplicationCommandOptionType.Channel,
      name,
      description,
      required,
      channel_types: [...POSTABLE],
    } as const
  }
  if (option.kind === 'text') {
    const length = option.charsMax === undefined ? {} : { max_length: Math.min(option.charsMax, 6_000) } // Discord's most
    const text = { type: ApplicationCommandOptionType.String, name, description, required, ...length } as const
    if (option.completes) return { ...text, autocomplete: true }
    return option.choices ? { ...text, choices: [...option.choices] } : text
  }
  if (option.kind === 'number') return { type: ApplicationCommandOptionType.Integer, name, description, required }
  if (option.kind === 'file') return { type: ApplicationCommandOptionType.Attachment, name, description, required }
  return { type: ApplicationCommandOptionType.Boolean, name, description, required }
}

type Registering = Readonly<{ rest: REST; applicationId: string; store: Pick<Store, 'recall' | 'remember'> }>

/** @returns whether they were sent: Discord counts registrations, and every one makes clients fetch them anew */
export async function registerCommands(
  commands: readonly Command[],
  { rest, applicationId, store }: Registering,
): Promise<boolean> {
  const body = commandBodies(commands)
  const hash = createHash('sha256')
    .update(`${applicationId}\n${JSON.stringify(body)}`)
    .digest('base64url')
  if ((await store.recall('registered commands')) === hash) return false
  await rest.put(Routes.applicationCommands(applicationId), { body })
  await store.remember('registered commands', hash)
  return true
}
