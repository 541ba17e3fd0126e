/** `pullquote start`: Discord where there is a token, the local preview otherwise. */
import { loadSettings } from './house.ts'
import { preview } from './preview.ts'

export async function start(env: NodeJS.ProcessEnv): Promise<void> {
  const { discord } = loadSettings(env)
  if (discord) return (await import('./discord.ts')).discord(env)
  return preview(env)
}
