/** What `enforce_nonce` remembers: the last messages of an author by their nonces, for "the past few minutes" (Discord's documentation),
 *  whatever the channel. */
import { unknownMessage } from '../api-error.ts'
import type { Message, World } from '../world.ts'

type Kept = Readonly<{ messageId: string; channelId: string; at: number }>

export type Nonces = Readonly<{
  keep(message: Message): void
  /** The message that this nonce made. @throws unknown message, where it made one that was deleted since (seen on Discord) */
  find(nonce: string | number): Message | undefined
}>

/** "The past few minutes"; nobody knows how many. */
export const NONCE_WINDOW_MS = 3 * 60_000

export function createNonces(world: World, windowMs: number = NONCE_WINDOW_MS): Nonces {
  const kept = new Map<string, Kept>()
  return {
    keep: ({ id, channelId, nonce }) => {
      if (nonce !== undefined && !kept.has(String(nonce)))
        kept.set(String(nonce), { messageId: id, channelId, at: world.now() })
    },
    find: (nonce) => {
      const found = kept.get(String(nonce))
      if (!found) return undefined
      if (world.now() - found.at > windowMs) {
        kept.delete(String(nonce))
        return undefined
      }
      const message = world.channels.get(found.channelId)?.messages.get(found.messageId)
      if (!message) throw unknownMessage()
      return message
    },
  }
}
