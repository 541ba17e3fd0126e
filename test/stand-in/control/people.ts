/** What people do: talk, press, choose, delete; and what they see. */

import type { Deed } from '../interactions/payload.ts'
import type { Answer } from '../interactions.ts'
import type { Json } from '../json.ts'
import { remove, write } from '../messages.ts'
import { compareIds } from '../snowflakes.ts'
import { makeUser, privateChannel } from '../world/make.ts'
import { showMessage } from '../world/show.ts'
import type { Channel } from '../world.ts'
import { channelOf, type Inside, userOf } from './inside.ts'

export type People = ReturnType<typeof createPeople>
/** A channel, or the private channel of a person with the bot. */
type Where = Readonly<{ channelId: string } | { userId: string }>

export function createPeople({ world, interactions }: Inside) {
  const channelAt = (where: Where): Channel =>
    'channelId' in where ? channelOf(world, where.channelId) : privateChannel(world, userOf(world, where.userId))
  return {
    makeUser: ({ name }: Readonly<{ name: string }>) => ({ id: makeUser(world, name).id }),
    /** Whether a person takes messages of the bot. */
    setPrivateMessages: ({ userId, open }: Readonly<{ userId: string; open: boolean }>) => {
      userOf(world, userId).dms = open ? 'open' : 'closed'
    },
    /** Does what a person does with the bot, and waits for the answer: the first one, and where that was a deferral (type 5) until it is
     *  filled in. After a deferred update (type 6), say `until: 'edit'` to wait for what follows. */
    send: (deed: Deed): Promise<Answer> => interactions.send(deed),
    /** The same answer, as it stands now. */
    answerOf: ({ interactionId }: Readonly<{ interactionId: string }>): Answer => interactions.answerOf(interactionId),
    /** A person writes; the owner of everything, if nobody is named. */
    say: ({ content, by, ...where }: Where & Readonly<{ content: string; by?: string }>) => {
      const channel = channelAt(where)
      const author = by === undefined ? world.owner : userOf(world, by)
      return { id: write(world, channel, { author, body: { content } }).id }
    },
    /** A moderator deletes a message. */
    deleteMessage: ({ channelId, messageId }: Readonly<{ channelId: string; messageId: string }>) => {
      const channel = channelOf(world, channelId)
      const message = channel.messages.get(messageId)
      if (!message) throw new Error(`Cannot delete message ${messageId}: it is not in ${channelId}`)
      remove(world, channel, message)
    },
    /** What everyone sees there, oldest first, whatever the bot may read. */
    messages: (where: Where): readonly Json[] =>
      [...channelAt(where).messages.values()].sort((one, other) => compareIds(one.id, other.id)).map(showMessage),
    /** Threads (forum posts) of a channel, oldest first. */
    threads: ({ channelId }: Readonly<{ channelId: string }>): readonly Readonly<{ id: string; name: string }>[] =>
      [...world.channels.values()]
        .filter(({ parentId }) => parentId === channelId)
        .map(({ id, name }) => ({ id, name })),
    /** The commands that the bot registered for all servers. */
    commands: (): readonly Json[] => world.commands,
  }
}
