/** `pullquote deploy-commands`: registers the slash commands by hand, whether they changed or not. */
import { commands } from '../commands.ts'
import { createRest, fetchApplication } from '../edge/discord/application.ts'
import { inviteUrl } from '../edge/discord/permissions.ts'
import { registerCommands } from '../edge/discord/register.ts'
import { EXIT, Exit } from './exit.ts'
import { loadSettings } from './house.ts'

export async function deployCommands(env: NodeJS.ProcessEnv): Promise<void> {
  const { discord } = loadSettings(env)
  if (!discord) throw new Exit(EXIT.configuration, 'There is no DISCORD_TOKEN. Set it to register commands.')
  const application = await fetchApplication(discord).catch((error: unknown) => {
    throw new Exit(EXIT.configuration, error instanceof Error ? error.message : String(error))
  })
  const forgetful = { recall: async () => undefined, remember: async () => undefined }
  await registerCommands(commands, { rest: createRest(discord), applicationId: application.id, store: forgetful })
  process.stdout.write(
    `Registered ${commands.length} commands for ${application.name}.\nInvite: ${inviteUrl(application.id)}\n`,
  )
}
