/** How an article and a subscription find each other. */
import type { Follows, Target, Topic } from './model.ts'
import { personKey } from './people.ts'
import { normalize } from './words.ts'

/** One text for what is followed: what the article offers and the subscription wants are compared as texts. A speaker is followed as the
 *  person, under whatever spelling. */
export function followKey(follows: Follows): string {
  switch (follows.kind) {
    case 'topic':
      return `topic:${follows.topicId}`
    case 'words':
      return `topic:${follows.topic.id}`
    case 'feed':
      return `feed:${follows.feedId}`
    case 'speaker':
      return `speaker:${personKey(follows.name) || normalize(follows.name)}`
    case 'story':
      return `story:${follows.storyId}`
  }
}

/** One text for where a message goes: the lane of its deliveries. */
export function targetKey(target: Target): string {
  return target.kind === 'person' ? `person:${target.personId}` : `${target.kind}:${target.channelId}`
}

/** A server's own keywords as the topic they make; nothing for what is followed by name. */
export function followedTopic(follows: Follows): readonly Topic[] {
  return follows.kind === 'words' ? [follows.topic] : []
}
