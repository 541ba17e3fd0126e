import { customId } from '../src/core/custom-id.ts'
import type { Subscription } from '../src/core/model.ts'
import { onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { en } from '../src/core/say/en.ts'
import type { Asker, Command, World } from '../src/flow/command.ts'
import { findSubscription, namedSubscriptions, whatOf, whereOf } from '../src/flow/followed.ts'

const UNDO_MS = 10 * 60_000 // CARD.md
/** A select takes 25; the option's autocomplete finds every one. */
const LISTED_MAX = 25

export const unsubscribe: Command = {
  name: 'unsubscribe',
  describe: en.unsubscribe.describe,
  access: 'manager',
  inDirectMessages: false,
  options: [{ name: 'subscription', describe: en.unsubscribe.option, kind: 'text', completes: true, charsMax: 100 }],
  async run({ asker, options }, world) {
    const typed = String(options['subscription'] ?? '').trim()
    const named = await namedSubscriptions(asker, world)
    if (named.length === 0) return { ...refusal(en.subscriptions.none, en.subscriptions.noneWayOut), tone: 'warning' }
    const found = named.find(
      ({ subscription, label }) => subscription.id === typed || label.toLowerCase() === typed.toLowerCase(),
    )
    if (found) return remove(found.subscription, { asker, world, how: 'new' })
    const choices = named.slice(0, LISTED_MAX).map(({ subscription, label }) => ({ label, value: subscription.id }))
    const { choose, placeholder, unknown } = en.unsubscribe
    return onlyYou([{ kind: 'text', text: typed ? unknown : choose }], {
      tone: typed ? 'bad' : 'plain',
      controls: [
        { kind: 'select', id: customId('unsubscribe', 'chosen'), placeholder, options: choices, min: 1, max: 1 },
      ],
    })
  },
  async complete({ asker, typed }, world) {
    const named = await namedSubscriptions(asker, world)
    const fitting = named.filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()))
    return fitting.map(({ subscription, label }) => ({ name: label, value: subscription.id }))
  },
  presses: {
    chosen: {
      access: 'manager',
      async run({ asker, values, args }, world) {
        const subscription = await findSubscription(values[0] ?? args[0], asker, world)
        return subscription
          ? remove(subscription, { asker, world, how: 'update' })
          : { ...refusal(en.unsubscribe.unknown), how: 'update' }
      },
    },
    undo: {
      access: 'manager',
      async run({ asker, args: [id] }, world) {
        const kept = await world.cache.get(removedKey(id ?? ''))
        const subscription = kept as Subscription | undefined
        if (!subscription || subscription.serverId !== asker.serverId) return refusal(en.subscribe.undoTooLate)
        await world.store.addSubscription(subscription, world.limits.subscriptionsMax)
        const what = await whatOf(subscription.follows, subscription.sources, { asker, world })
        return onlyYou([{ kind: 'text', text: en.unsubscribe.undone(what) }], { how: 'update', tone: 'good' })
      },
    },
  },
}

const removedKey = (id: string): string => `removed:${id}`

async function remove(
  subscription: Subscription,
  { asker, world, how }: Readonly<{ asker: Asker; world: World; how: 'new' | 'update' }>,
): Promise<Reply> {
  const removed = await world.store.removeSubscription(subscription.id, subscription.serverId)
  if (!removed) return { ...refusal(en.unsubscribe.unknown), how }
  await world.cache.set(removedKey(removed.id), removed, UNDO_MS)
  const what = await whatOf(removed.follows, removed.sources, { asker, world })
  const undo = {
    kind: 'press',
    label: en.subscribe.undo,
    emoji: '↩️',
    style: 'secondary',
    id: customId('unsubscribe', 'undo', removed.id),
  } as const
  return onlyYou([{ kind: 'text', text: en.unsubscribe.done(what, whereOf(removed.target)) }], {
    how,
    tone: 'good',
    controls: [{ kind: 'buttons', buttons: [undo] }],
  })
}
