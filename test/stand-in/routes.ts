/** The requests that this Discord knows. Anything else is answered with 404 and kept as a violation: either the bot asks for something that
 *  is not there, or the stand-in lacks it. */
import type { Route } from './route.ts'
import { CHANNEL_ROUTES } from './routes/channels.ts'
import { COMMAND_ROUTES } from './routes/commands.ts'
import { GUILD_ROUTES } from './routes/guilds.ts'
import { IDENTITY_ROUTES } from './routes/identity.ts'
import { INTERACTION_ROUTES } from './routes/interactions.ts'
import { MESSAGE_ROUTES } from './routes/messages.ts'
import { THREAD_ROUTES } from './routes/threads.ts'

type Known = Readonly<{ route: Route; pattern: RegExp }>

const KNOWN: readonly Known[] = [
  ...IDENTITY_ROUTES,
  ...CHANNEL_ROUTES,
  ...MESSAGE_ROUTES,
  ...THREAD_ROUTES,
  ...GUILD_ROUTES,
  ...COMMAND_ROUTES,
  ...INTERACTION_ROUTES,
].map((route) => ({ route, pattern: patternOf(route.path) }))

/** Literal parts win over parameters: "@me" and "@original" are no ids. */
function patternOf(path: string): RegExp {
  const parts = path.split('/').map((part) => part.replace(/^\{(\w+)\}$/, '(?<$1>[^/@][^/]*)'))
  return new RegExp(`^${parts.join('/')}$`)
}

export function findRoute(
  method: string,
  path: string,
): Readonly<{ route: Route; params: Readonly<Record<string, string>> }> | undefined {
  for (const { route, pattern } of KNOWN) {
    if (route.method !== method) continue
    const match = pattern.exec(path)
    if (match) return { route, params: { ...match.groups } }
  }
  return undefined
}

/** Parameters that are ids, that is all but the secrets of interactions. */
export function badIds(params: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(params).flatMap(([name, value]) =>
    name.endsWith('_id') && !/^\d{17,20}$/.test(value) ? [name] : [],
  )
}
