import { type Block, onlyYou } from '../src/core/reply.ts'
import { en } from '../src/core/say/en.ts'
import type { Command } from '../src/flow/command.ts'
import { failureText, feedName, viewerOf } from '../src/flow/followed.ts'

/** More would push the rest off the screen; /feeds list has all. */
const FAILING_SHOWN_MAX = 5

export const status: Command = {
  name: 'status',
  describe: en.status.describe,
  access: 'everyone',
  inDirectMessages: true,
  options: [],
  async run({ asker }, world) {
    const viewer = viewerOf(asker)
    const now = await world.store.status(viewer, world.now())
    const { deliveries } = now
    const feeds = await world.store.feeds(viewer)
    // One that was not asked yet neither answers nor fails.
    const answering = feeds.filter(({ lastSuccessAt, failures }) => lastSuccessAt !== undefined && failures === 0)
    // What answered once and fails now is the news; what never answered comes after it.
    const failing = feeds
      .filter(({ failures }) => failures > 0)
      .sort((a, b) => Number(b.lastSuccessAt !== undefined) - Number(a.lastSuccessAt !== undefined))
    const waiting = deliveries.queued + deliveries.sending + deliveries.unsure
    const trouble = deliveries.held + deliveries.dead
    const texts = [
      feeds.length === 0 ? en.status.noFeeds : en.status.feeds(answering.length, feeds.length),
      en.status.stories(now.storiesToday, now.articles),
      // In a direct message there is no server to count for.
      ...(asker.serverId
        ? [en.status.subscriptions(now.subscriptions), en.status.deliveries(deliveries.sent, waiting)]
        : []),
      ...(deliveries.folded > 0 ? [en.status.folded(deliveries.folded)] : []),
      ...(now.itemsWaiting > 0 ? [en.status.waitingItems(now.itemsWaiting)] : []),
      ...(now.feedToCardP95Ms === undefined ? [] : [en.status.speed(now.feedToCardP95Ms)]),
      ...(trouble > 0 ? [en.status.trouble(deliveries.held, deliveries.dead)] : []),
    ]
    const listed = failing
      .slice(0, FAILING_SHOWN_MAX)
      .map((feed) => en.status.failing(feedName(feed), failureText(feed)))
    const ill: Block[] =
      failing.length > 0
        ? [{ kind: 'divider' }, { kind: 'bullets', items: listed }, { kind: 'note', text: en.status.allFeeds }]
        : []
    return onlyYou(
      [
        { kind: 'title', text: en.status.title },
        ...texts.map((text): Block => ({ kind: 'text', text })),
        ...ill,
        { kind: 'note', text: en.status.version(world.version) },
      ],
      { tone: trouble > 0 || failing.length > 0 || feeds.length === 0 ? 'warning' : 'good' },
    )
  },
}
