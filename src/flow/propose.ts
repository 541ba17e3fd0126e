/** The question before a subscription is saved, what saving it answers, and the latest story at once. */
import { customId } from '../core/custom-id.ts'
import type { Alert, Rhythm, Subscription, Topic } from '../core/model.ts'
import { type Block, type Button, onlyYou, type Reply, refusal } from '../core/reply.ts'
import { clock, em, joined, type Rich, rich } from '../core/rich.ts'
import { cut, oneLine } from '../core/safe-text.ts'
import { en } from '../core/say/en.ts'
import type { Asker, PressRequest, World } from './command.ts'
import { checkPlace, type Draft, keepDraft, subscriptionOf } from './draft.ts'
import { findSubscription, viewerOf, whatOf } from './followed.ts'
import { latestFor, REHEARSED_ARTICLES_MAX, type Rehearsal, rehearse } from './rehearse.ts'

/** Three show what it is like; the button shows the rest. */
const SAMPLES_MAX = 3
const ALL_SAMPLES_MAX = 20
const TERMS_SHOWN_MAX = 8
const HEADLINE_CHARS_MAX = 90

type Asking = Readonly<{ asker: Asker; world: World; how: 'new' | 'update'; name?: string; all?: boolean }>

/** Nothing is saved yet: what it matches, what the last 24 hours would have posted, and the choices. */
export async function propose(draft: Draft, asking: Asking): Promise<Reply> {
  const { asker, world, how } = asking
  const name = asking.name ?? (await keepDraft(draft, world))
  const checked = await checkPlace(draft.channelId, asker, world)
  if (checked.kind === 'refused') return { ...checked.reply, how } as Reply
  if (checked.kind === 'lacking') return lacking(draft, checked.missing, { name, how })
  const what = await whatOf(draft.follows, draft.sources, { asker, world })
  const topic = topicOf(draft, world)
  const rehearsal = await rehearse(draft, {
    store: world.store,
    topics: world.topics,
    viewer: viewerOf(asker),
    now: world.now(),
  })
  const blocks: Block[] = [
    { kind: 'title', text: en.subscribe.question(draft.channelId, what) },
    ...(topic ? termBlocks(topic) : []),
    { kind: 'divider' },
    ...rehearsalBlocks(rehearsal, asking.all ?? false),
  ]
  const shown = Math.min(rehearsal.cards.length, ALL_SAMPLES_MAX)
  const press = (label: string, verb: string, style: 'success' | 'secondary'): Button => ({
    kind: 'press',
    label,
    style,
    id: customId('subscribe', verb, name),
  })
  const buttons = [
    press(en.subscribe.confirm, 'confirm', 'success'),
    ...(draft.follows.kind === 'feed' ? [] : [press(en.subscribe.editWords, 'edit', 'secondary')]),
    ...(!asking.all && shown > SAMPLES_MAX ? [press(en.subscribe.showAll(shown), 'all', 'secondary')] : []),
    press(en.subscribe.cancel, 'cancel', 'secondary'),
  ]
  return onlyYou(blocks, {
    how,
    ...(topic ? { color: topic.color } : {}),
    controls: [rhythmSelect(customId('subscribe', 'rhythm', name), draft.rhythm), { kind: 'buttons', buttons }],
  })
}

export function rhythmSelect(id: string, chosen: Rhythm) {
  const options = (['each', 'hourly', 'daily'] as const).map((value) => ({
    label: en.rhythms[value],
    value,
    chosen: value === chosen,
  }))
  return { kind: 'select', id, placeholder: en.subscriptions.rhythm, options, min: 1, max: 1 } as const
}

function lacking(
  draft: Draft,
  missing: readonly string[],
  { name, how }: Readonly<{ name: string; how: 'new' | 'update' }>,
): Reply {
  const again: Button = {
    kind: 'press',
    label: en.subscribe.checkAgain,
    emoji: '🔄',
    style: 'primary',
    id: customId('subscribe', 'again', name),
  }
  return {
    ...refusal(en.subscribe.lacking(draft.channelId, missing), en.subscribe.lackingWayOut),
    how,
    controls: [
      { kind: 'buttons', buttons: [again] },
      { kind: 'channels', id: customId('subscribe', 'move', name), placeholder: en.subscriptions.move },
    ],
  }
}

function topicOf({ follows }: Draft, world: World): Topic | undefined {
  if (follows.kind === 'words') return follows.topic
  return follows.kind === 'topic' ? world.topics.find(({ id }) => id === follows.topicId) : undefined
}

function termBlocks(topic: Topic): readonly Block[] {
  const texts = [...topic.any, ...topic.all].map(({ text }) => text)
  const not = topic.none.map(({ text }) => text)
  const more = (list: readonly string[]): number => Math.max(0, list.length - TERMS_SHOWN_MAX)
  return [
    { kind: 'text', text: en.subscribe.matches(texts.slice(0, TERMS_SHOWN_MAX), more(texts)) },
    ...(not.length > 0
      ? [{ kind: 'note', text: en.subscribe.excludes(not.slice(0, TERMS_SHOWN_MAX), more(not)) } as const]
      : []),
  ]
}

function rehearsalBlocks({ cards, articles, capped, busiest }: Rehearsal, all: boolean): readonly Block[] {
  if (cards.length === 0) return [{ kind: 'text', text: en.subscribe.wouldHaveNone }]
  const shown = cards.slice(0, all ? ALL_SAMPLES_MAX : SAMPLES_MAX)
  const items = shown.map(({ article, terms }) => {
    const line = rich`${clock(article.publishedAt)} ${cut(oneLine(article.title), HEADLINE_CHARS_MAX)}`
    return terms.length > 0
      ? joined([
          line,
          joined(
            terms.slice(0, 3).map((term): Rich => [em(term)]),
            ', ',
          ),
        ])
      : line
  })
  const more = cards.length - shown.length
  return [
    { kind: 'text', text: en.subscribe.wouldHave(cards.length, articles) },
    { kind: 'bullets', items },
    ...(more > 0
      ? [
          {
            kind: 'note',
            text: en.subscribe.more(more, busiest ? en.subscribe.busiest([clock(busiest.hourAt)], busiest.cards) : []),
          } as const,
        ]
      : []),
    ...(capped ? [{ kind: 'note', text: en.subscribe.capped(REHEARSED_ARTICLES_MAX) } as const] : []),
  ]
}

/** Saves it. The channel is checked again: minutes may have passed since the question. */
export async function confirmDraft(
  draft: Draft,
  name: string,
  { asker, world }: Readonly<{ asker: Asker; world: World }>,
): Promise<Reply> {
  const checked = await checkPlace(draft.channelId, asker, world)
  if (checked.kind === 'refused') return checked.reply
  if (checked.kind === 'lacking') return lacking(draft, checked.missing, { name, how: 'update' })
  const subscription = subscriptionOf(draft, checked.place, { asker, world })
  if (!subscription) return refusal(en.errors.serverOnly)
  const what = await whatOf(draft.follows, draft.sources, { asker, world })
  const added = await world.store.addSubscription(subscription, world.limits.subscriptionsMax)
  if (added === 'full') return refusal(en.subscribe.full(world.limits.subscriptionsMax))
  if (added === 'already')
    return { ...refusal(en.subscribe.already(draft.channelId, what)), tone: 'warning', how: 'update' }
  const press = (label: string, emoji: string, id: string): Button => ({
    kind: 'press',
    label,
    emoji,
    style: 'secondary',
    id,
  })
  const buttons = [
    press(en.subscribe.postLatest, '📨', customId('subscribe', 'latest', subscription.id)),
    press(en.subscribe.settings, '⚙️', customId('subscriptions', 'show', subscription.id)),
    press(en.subscribe.undo, '↩️', customId('subscribe', 'undo', subscription.id)),
  ]
  return onlyYou(
    [
      { kind: 'text', text: en.subscribe.done(draft.channelId, what, draft.rhythm) },
      { kind: 'note', text: en.subscribe.doneNote },
    ],
    { how: 'update', tone: 'good', controls: [{ kind: 'buttons', buttons }] },
  )
}

/** Posts the newest story that the subscription would have posted. */
export async function postLatest({ asker, args: [id] }: PressRequest, world: World): Promise<Reply> {
  const subscription = await findSubscription(id, asker, world)
  if (!subscription) return refusal(en.unsubscribe.unknown)
  const { store, topics } = world
  const story = await latestFor(subscription, { store, topics, viewer: viewerOf(asker), now: world.now() })
  if (!story) return { ...refusal(en.subscribe.noLatest), tone: 'warning' }
  const matches = await store.storyMatches(story.id, viewerOf(asker))
  const alert: Alert = {
    target: subscription.target,
    subject: { kind: 'card', storyId: story.id },
    part: 0,
    serverId: subscription.serverId,
    subscriptionIds: [subscription.id],
    matches: matches.filter(({ topicId }) => topicId === topicIdOf(subscription)),
    style: subscription.style,
    mentions: [],
  }
  const added = await store.addDelivery({ alert, state: 'queued', dueAt: world.now() }, world.now())
  world.wake.call('deliver')
  return added
    ? onlyYou([{ kind: 'text', text: en.subscribe.postedLatest(oneLine(story.lead.title)) }], { tone: 'good' })
    : { ...refusal(en.subscribe.latestAlready), tone: 'warning' }
}

function topicIdOf({ follows }: Subscription): string | undefined {
  if (follows.kind === 'topic') return follows.topicId
  return follows.kind === 'words' ? follows.topic.id : undefined
}
