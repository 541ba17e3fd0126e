import { type Block, onlyYou } from '../src/core/reply.ts'
import { en } from '../src/core/say/en.ts'
import type { Command } from '../src/flow/command.ts'
import { failureText, feedName, viewerOf } from '../src/flow/followed.ts'

/** More would push the rest off the screen; /feeds has all. */
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
    const failing = (await world.store.feeds(viewer)).filter(({ failures }) => failures > 0).slice(0, FAILING_SHOWN_MAX)
    const waiting = deliveries.queued + deliveries.sending + deliveries.unsure
    const lines: Block[] = [
      { kind: 'text', text: en.status.feeds(now.feeds - now.feedsFailing, now.feeds) },
      { kind: 'text', text: en.status.stories(now.storiesToday, now.articles) },
      { kind: 'text', text: en.status.subscriptions(now.subscriptions) },
      { kind: 'text', text: en.status.deliveries(deliveries.sent, waiting) },
    ]
    if (deliveries.folded > 0) lines.push({ kind: 'text', text: en.status.folded(deliveries.folded) })
    if (now.itemsWaiting > 0) lines.push({ kind: 'text', text: en.status.waitingItems(now.itemsWaiting) })
    if (now.feedToCardP95Ms !== undefined) lines.push({ kind: 'text', text: en.status.speed(now.feedToCardP95Ms) })
    const trouble = deliveries.held + deliveries.dead
    if (trouble > 0) lines.push({ kind: 'text', text: en.status.trouble(deliveries.held, deliveries.dead) })
    const ill: Block[] =
      failing.length > 0
        ? [
            { kind: 'divider' },
            { kind: 'bullets', items: failing.map((feed) => en.status.failing(feedName(feed), failureText(feed))) },
          ]
        : []
    return onlyYou(
      [
        { kind: 'title', text: en.status.title },
        ...lines,
        ...ill,
        { kind: 'note', text: en.status.version(world.version) },
      ],
      { tone: trouble > 0 || failing.length > 0 ? 'warning' : 'good' },
    )
  },
}
