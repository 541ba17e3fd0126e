import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10'

/** The body of Discord's Create Message, without its nonce. */
export type Message = RESTPostAPIChannelMessageJSONBody
