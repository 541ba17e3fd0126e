/** What a delivery shows, drawn from the store at the moment of its sending. */
import { cardOf } from '../core/card.ts'
import { digestOf } from '../core/digest.ts'
import { followedTopic } from '../core/follow.ts'
import type { Alert, Delivery, Story, Topic } from '../core/model.ts'
import { noticeOf, welcomeOf } from '../core/notice.ts'
import { paintCard, paintPosted } from '../core/paint.ts'
import type { Store } from './ports/store.ts'

export type DrawWorld = Readonly<{ store: Store; topics: readonly Topic[] }>
export type Drawn = Readonly<{ payload: string; revision: number }>
/** `nothing`: its story is gone, or no longer seen. `broken`: a bug of ours that this very row brings to light. */
export type Drawing = Readonly<(Drawn & { kind: 'drawn' }) | { kind: 'nothing' } | { kind: 'broken'; reason: string }>

/** @returns the JSON of a message. Throws what the store throws: that is not this row's fault */
export async function drawDelivery(delivery: Delivery, world: DrawWorld): Promise<Drawing> {
  const paint = await gathered(delivery, world)
  if (!paint) return { kind: 'nothing' }
  try {
    return { kind: 'drawn', ...paint() }
  } catch (error) {
    return { kind: 'broken', reason: error instanceof Error ? error.message : String(error) }
  }
}

/** All that the store knows of it, and how it is painted from that. */
async function gathered(delivery: Delivery, world: DrawWorld): Promise<(() => Drawn) | undefined> {
  const { alert, nonce } = delivery
  const { subject } = alert
  switch (subject.kind) {
    case 'card': {
      const story = await world.store.story(subject.storyId, { serverId: alert.serverId })
      if (!story) return undefined
      const topics = await topicsOf(delivery, world)
      const postedAt = 'begun' in delivery && delivery.begun ? { postedAt: delivery.begun.firstAt } : {}
      return () => drawn(paintCard(cardOf(story, alert, { topics, marker: nonce, ...postedAt })), story.revision)
    }
    case 'development': {
      const story = await world.store.story(subject.storyId, { serverId: alert.serverId })
      const lead = story?.articles.find(({ id }) => id === alert.development?.articleId)
      if (!story || !lead) return undefined
      const topics = await topicsOf(delivery, world)
      const card = cardOf({ ...story, lead }, { ...alert, style: 'compact' }, { topics, marker: nonce })
      return () => drawn({ ...paintCard(card), ...replyTo(alert) }, story.revision)
    }
    case 'digest': {
      const stories = await world.store.digestStories(delivery)
      if (stories.length === 0) return undefined
      const topics = await topicsOf(delivery, world)
      return () =>
        drawn(paintPosted(digestOf(stories, { topics, marker: nonce }), alert.mentions), delivery.wantedRevision)
    }
    case 'notice':
      return () => drawn(paintPosted(noticeOf(alert.notice ?? '', nonce)), delivery.wantedRevision)
    case 'welcome':
      return () => drawn(paintPosted(welcomeOf(world.topics, nonce)), delivery.wantedRevision)
  }
}

/** A reply to the story's card, and a plain message where somebody deleted that. */
function replyTo({ development }: Alert): Readonly<{ message_reference?: object }> {
  if (!development) return {}
  return { message_reference: { message_id: development.replyTo.messageId, fail_if_not_exists: false } }
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
