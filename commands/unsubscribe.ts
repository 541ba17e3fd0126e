import { customId } from '../src/core/custom-id.ts'
import type { Subscription } from '../src/core/model.ts'
import { type Button, onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { en } from '../src/core/say/en.ts'
import { normalize } from '../src/core/words.ts'
import type { Asker, Command, PressRequest, World } from '../src/flow/command.ts'
import { findSubscription, namedSubscriptions, whatOf, whereOf } from '../src/flow/followed.ts'
import { overPatterns } from '../src/flow/patterns.ts'
import { thereAlready } from '../src/flow/propose.ts'
import { keepHere, recallHere } from '../src/flow/remember.ts'

const UNDO_MS = 10 * 60_000 // CARD.md
/** A select takes 25; the option's autocomplete finds every one. */
const LISTED_MAX = 25
const REMOVED = 'removed'

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
    const byId = named.find(({ subscription }) => subscription.id === typed)
    const fitting = typed ? named.filter(({ label }) => normalize(label).includes(normalize(typed))) : named
    const [only, ...others] = byId ? [byId] : fitting
    if (typed && only && others.length === 0) return remove(only.subscription, { asker, world, how: 'new' })
    const offered = fitting.length > 0 ? fitting : named
    const { choose, placeholder, unknown, chooseOne, more } = en.unsubscribe
    const choices = offered.slice(0, LISTED_MAX).map(({ subscription, label }) => ({ label, value: subscription.id }))
    const reply = fitting.length > 0 ? onlyYou([{ kind: 'text', text: choose }]) : refusal(unknown, chooseOne)
    const blocks =
      offered.length > LISTED_MAX
        ? [...reply.blocks, { kind: 'note', text: more(LISTED_MAX, offered.length) } as const]
        : reply.blocks
    return {
      ...reply,
      blocks,
      controls: [
        { kind: 'select', id: customId('unsubscribe', 'chosen'), placeholder, options: choices, min: 1, max: 1 },
      ],
    }
  },
  async complete({ asker, typed }, world) {
    const named = await namedSubscriptions(asker, world)
    const fitting = named.filter(({ label }) => normalize(label).includes(normalize(typed)))
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
    undo: { access: 'manager', run: undo },
  },
}

async function remove(
  subscription: Subscription,
  { asker, world, how }: Readonly<{ asker: Asker; world: World; how: 'new' | 'update' }>,
): Promise<Reply> {
  const removed = await world.store.removeSubscription(subscription.id, subscription.serverId)
  if (!removed) return { ...refusal(en.unsubscribe.unknown), how }
  await keepHere({ kind: REMOVED, value: removed, keptMs: UNDO_MS, name: removed.id }, asker, world)
  const what = await whatOf(removed.follows, removed.sources, { asker, world })
  const id = customId('unsubscribe', 'undo', removed.id)
  const button: Button = { kind: 'press', label: en.subscribe.undo, emoji: '↩️', style: 'secondary', id }
  return onlyYou([{ kind: 'text', text: en.unsubscribe.done(what, whereOf(removed.target)) }], {
    how,
    tone: 'good',
    controls: [{ kind: 'buttons', buttons: [button] }],
  })
}

async function undo({ asker, args: [name] }: PressRequest, world: World): Promise<Reply> {
  const subscription = await recallHere<Subscription>({ kind: REMOVED, name }, asker, world)
  if (!subscription) return { ...refusal(en.unsubscribe.undoTooLate), how: 'update' }
  const refused = await overPatterns(subscription, world)
  if (refused) return refused
  const max = world.limits.subscriptionsMax
  const added = await world.store.addSubscription(subscription, max)
  if (added === 'full') return refusal(en.subscribe.full(max))
  // Pressed twice, or made anew in the meantime.
  if (added === 'already') return thereAlready(subscription, { asker, world })
  const what = await whatOf(subscription.follows, subscription.sources, { asker, world })
  return onlyYou([{ kind: 'text', text: en.unsubscribe.undone(what) }], { how: 'update', tone: 'good' })
}
