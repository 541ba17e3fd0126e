/** The peer: discord.js as its guide shows it. Messages and answers share one REST client and its queue. */
import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js'

export type Fanout = readonly Readonly<{ path: string; body: object }>[]

export const isPeer = (): boolean => process.send !== undefined && process.argv[2] === 'peer'

/** Posts whatever it is handed, all at once; ends with its parent. */
export async function servePeer(): Promise<void> {
  const [, , , apiUrl = '', token = ''] = process.argv
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: apiUrl } })
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isRepliable())
      interaction
        .reply({ content: 'Here it is.', flags: MessageFlags.Ephemeral })
        .catch((error: unknown) => console.error(String(error)))
  })
  process.on('message', (posts: Fanout) => {
    for (const { path, body } of posts)
      client.rest.post(path as `/${string}`, { body }).catch((error: unknown) => console.error(String(error)))
  })
  process.on('disconnect', () => process.exit())
  await client.login(token)
}
