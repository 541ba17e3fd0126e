/** What a delivery shows, drawn from the store at the moment of its sending. */
import { cardOf } from '../core/card.ts'
import { digestOf } from '../core/digest.ts'
import { followedTopic } from '../core/follow.ts'
import type { Delivery, Story, Topic } from '../core/model.ts'
import { noticeOf, welcomeOf } from '../core/notice.ts'
import { paintCard, paintPosted } from '../core/paint.ts'
import type { Store } from './ports/store.ts'

export type DrawWorld = Readonly<{ store: Store; topics: readonly Topic[] }>
export type Drawn = Readonly<{ payload: string; revision: number }>

/** @returns the JSON of a message, or undefined when there is nothing left to show (its story is gone, or no longer seen) */
export async function drawDelivery(delivery: Delivery, world: DrawWorld): Promise<Drawn | undefined> {
  const { alert, nonce } = delivery
  const { subject } = alert
  switch (subject.kind) {
    case 'card':
    case 'development': {
      const story = await world.store.story(subject.storyId, { serverId: alert.serverId })
      if (!story) return undefined
      const topics = await topicsOf(delivery, world)
      const style = subject.kind === 'development' ? 'compact' : alert.style
      return drawn(paintCard(cardOf(story, { ...alert, style }, { topics, marker: nonce })), story.revision)
    }
    case 'digest': {
      const stories = await world.store.digestStories(delivery)
      if (stories.length === 0) return undefined
      return drawn(
        paintPosted(digestOf(stories, { topics: await topicsOf(delivery, world), marker: nonce }), alert.mentions),
        delivery.wantedRevision,
      )
    }
    case 'notice':
      return drawn(paintPosted(noticeOf(alert.notice ?? '', nonce)), delivery.wantedRevision)
    case 'welcome':
      return drawn(paintPosted(welcomeOf(world.topics, nonce)), delivery.wantedRevision)
  }
}

function drawn(message: object, revision: Story['revision']): Drawn {
  return { payload: JSON.stringify(message), revision }
}

/** The shipped topics, and the words that the alert's own subscriptions follow. */
async function topicsOf({ alert }: Delivery, { store, topics }: DrawWorld): Promise<readonly Topic[]> {
  const subscriptions = await Promise.all(alert.subscriptionIds.map((id) => store.subscription(id, alert.serverId)))
  return [
    ...topics,
    ...subscriptions.flatMap((subscription) => (subscription ? followedTopic(subscription.follows) : [])),
  ]
}
