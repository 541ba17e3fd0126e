/** Who we are to Discord: the first request of every start, and the last word to the owner. */
import { DiscordAPIError, REST, RESTEvents, RequestMethod } from '@discordjs/rest'
import { Routes } from 'discord-api-types/v10'
import { z } from 'zod'

export type Access = Readonly<{ token: string; apiUrl: string | undefined }>
export type Application = Readonly<{ id: string; name: string; flags: number; ownerIds: readonly string[] }>

/** Discord does not accept the token: asking again would only bring a ban nearer. */
export class TokenRefused extends Error {}

const TIMEOUT_MS = 10_000
const idShape = z.looseObject({ id: z.string() })
const applicationShape = z.looseObject({
  id: z.string(),
  name: z.string(),
  flags: z.number().default(0),
  owner: idShape.nullish(),
  team: z.looseObject({ owner_user_id: z.string().nullish() }).nullish(),
})

export function createRest({ token, apiUrl }: Access): REST {
  const rest = new REST({ ...(apiUrl ? { api: apiUrl } : {}), version: '10', retries: 0, timeout: TIMEOUT_MS })
  return rest.setToken(token)
}

/** Discord's clock, by an answer's header: to the second, rounded down. */
export type OnTime = (at: number) => void

export function hearTime(rest: REST, onTime: OnTime): void {
  rest.on(RESTEvents.Response, (_request, { headers }) => {
    const at = Date.parse(headers.get('date') ?? '')
    if (!Number.isNaN(at)) onTime(at)
  })
}

/** @throws TokenRefused, or what kept Discord from answering */
export async function fetchApplication(access: Access, onTime: OnTime = () => undefined): Promise<Application> {
  const rest = createRest(access)
  hearTime(rest, onTime)
  try {
    const { id, name, flags, owner, team } = applicationShape.parse(await rest.get(Routes.currentApplication()))
    const ownerId = team?.owner_user_id ?? owner?.id
    return { id, name, flags, ownerIds: ownerId ? [ownerId] : [] }
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === 401)
      throw new TokenRefused('Discord does not accept the token', { cause: error })
    throw error
  }
}

/** What Discord's clock shows, to the second; undefined where its answer does not say. */
export async function discordTime(access: Access): Promise<number | undefined> {
  const { headers } = await createRest(access).queueRequest({
    method: RequestMethod.Get,
    fullRoute: Routes.gateway(),
    auth: false,
  })
  const at = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(at) ? undefined : at
}

/** A direct message to the owner, where Discord still takes one. @returns whether it was taken */
export async function tellOwner({ ownerIds }: Application, access: Access, text: string): Promise<boolean> {
  const rest = createRest(access)
  try {
    for (const recipient_id of ownerIds) {
      const channel = idShape.parse(await rest.post(Routes.userChannels(), { body: { recipient_id } }))
      await rest.post(Routes.channelMessages(channel.id), { body: { content: text, allowed_mentions: { parse: [] } } })
    }
    return ownerIds.length > 0
  } catch {
    // With a dead token nothing can be said; the log and /ready say it.
    return false
  }
}
