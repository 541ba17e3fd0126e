/** How many regular expressions a server may follow (beside SECURITY.md Q1): words of all servers are found in one walk over an
 *  article, but each expression runs over it by itself. */
import type { Subscription, Topic } from '../core/model.ts'
import { type MessageReply, refusal } from '../core/reply.ts'
import { en } from '../core/say/en.ts'
import type { World } from './command.ts'

/** A costly one takes 4 ms an article (measured): 40 ms for a server at the worst, on the thread that also answers. */
export const PATTERNS_MAX = 10

/** @param wanted - as it is to be saved, new or changed
 *  @returns the refusal where its server would have too many */
export async function overPatterns(
  { id, serverId, follows }: Subscription,
  { store }: Pick<World, 'store'>,
): Promise<MessageReply | undefined> {
  const added = follows.kind === 'words' ? patternsOf(follows.topic) : 0
  if (added === 0) return undefined
  const others = (await store.subscriptions(serverId)).filter((one) => one.id !== id)
  const there = others.reduce((sum, one) => sum + (one.follows.kind === 'words' ? patternsOf(one.follows.topic) : 0), 0)
  return there + added > PATTERNS_MAX ? refusal(en.subscribe.patternsFull(there + added, PATTERNS_MAX)) : undefined
}

function patternsOf({ any, all, none, lookalikes = [] }: Topic): number {
  return [...any, ...all, ...none, ...lookalikes].filter(({ kind }) => kind === 'pattern').length
}
