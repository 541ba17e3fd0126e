/** The question before a subscription is saved, what saving it answers, and the latest story at once. */
import { customId } from '../core/custom-id.ts'
import { followKey, targetKey } from '../core/follow.ts'
import type { Alert, Rhythm, Subscription, Topic } from '../core/model.ts'
import { type Block, type Button, type Control, onlyYou, type Reply, refusal } from '../core/reply.ts'
import { clock, em, joined, type Rich, rich } from '../core/rich.ts'
import { cut, oneLine } from '../core/safe-text.ts'
import { en } from '../core/say/en.ts'
import type { Asker, PressRequest, World } from './command.ts'
import { checkPlace, type Draft, keepDraft, type PlaceCheck, subscriptionOf } from './draft.ts'
import { findSubscription, viewerOf, whatOf } from './followed.ts'
import { overPatterns } from './patterns.ts'
import { latestFor, type Rehearsal, rehearse, topicOf } from './rehearse.ts'

/** Three show what it is like; the button shows the rest. */
const SAMPLES_MAX = 3
const ALL_SAMPLES_MAX = 20
const TERMS_SHOWN_MAX = 8
const SAMPLE_TERMS_MAX = 3
const HEADLINE_CHARS_MAX = 90
export const RHYTHMS: readonly Rhythm[] = ['each', 'hourly', 'daily']

type Asking = Readonly<{
  asker: Asker
  world: World
  how: 'new' | 'update'
  /** Of a draft that was kept before. */
  name?: string
  all?: boolean
}>

/** Nothing is saved yet: what it matches, what the last 24 hours would have posted, and the choices. */
export async function propose(draft: Draft, asking: Asking): Promise<Reply> {
  const { asker, world, how, all = false } = asking
  const name = await keepDraft(draft, { asker, world, ...(asking.name ? { name: asking.name } : {}) })
  const checked = await checkPlace(draft.channelId, asker, world)
  if (checked.kind !== 'ready') return elsewhere(draft, checked, { name, how })
  const what = await whatOf(draft.follows, draft.sources, { asker, world })
  const topic = topicOf(draft, world.topics)
  const { store, topics } = world
  const rehearsal = await rehearse(draft, { store, topics, viewer: viewerOf(asker), now: world.now })
  const isFresh = rehearsal.cards.length === 0 && (await isUnread(draft, asker, world))
  const blocks: Block[] = [
    { kind: 'title', text: en.subscribe.question(draft.channelId, what) },
    ...(topic ? termBlocks(topic) : []),
    { kind: 'divider' },
    ...(isFresh ? [{ kind: 'text', text: en.subscribe.feedIsNew } as const] : rehearsalBlocks(rehearsal, all)),
  ]
  return onlyYou(blocks, {
    how,
    ...(topic ? { color: topic.color } : {}),
    controls: [
      rhythmSelect(customId('subscribe', 'rhythm', name), draft.rhythm),
      { kind: 'buttons', buttons: choices(draft, name, all ? 0 : Math.min(rehearsal.cards.length, ALL_SAMPLES_MAX)) },
    ],
  })
}

/** @param more - how many samples there are to be shown; 0 when all are */
function choices({ follows }: Draft, name: string, more: number): readonly Button[] {
  const press = (label: string, verb: string, face: Pick<Button & { kind: 'press' }, 'style' | 'emoji'>): Button => ({
    kind: 'press',
    label,
    ...face,
    id: customId('subscribe', verb, name),
  })
  const { confirm, editWords, ownWordsInstead, onlyKeywords, showAll, cancel } = en.subscribe
  const edit = { words: editWords, topic: ownWordsInstead, feed: onlyKeywords, speaker: '', story: '' }[follows.kind]
  return [
    press(confirm, 'confirm', { style: 'success', emoji: '✅' }),
    ...(edit ? [press(edit, 'edit', { style: 'secondary', emoji: '✏️' })] : []),
    ...(more > SAMPLES_MAX ? [press(showAll(more), 'all', { style: 'secondary' })] : []),
    press(cancel, 'cancel', { style: 'secondary' }),
  ]
}

/** A feed that was just added: nothing of it was read yet, which is no forecast. */
async function isUnread({ follows, sources }: Draft, asker: Asker, { store }: World): Promise<boolean> {
  const id = follows.kind === 'feed' ? follows.feedId : sources?.[0]
  const feed = id && (await store.feed(id, viewerOf(asker)))
  return Boolean(feed) && feed?.firstPolledAt === undefined
}

export function rhythmSelect(id: string, chosen: Rhythm) {
  const options = RHYTHMS.map((value) => ({ label: en.rhythms[value], value, chosen: value === chosen }))
  return { kind: 'select', id, placeholder: en.subscriptions.rhythm, options, min: 1, max: 1 } as const
}

/** It cannot be posted there: what is in the way, with the choices kept for another try or another channel. */
function elsewhere(
  draft: Draft,
  checked: Exclude<PlaceCheck, { kind: 'ready' }>,
  { name, how }: Readonly<{ name: string; how: 'new' | 'update' }>,
): Reply {
  const id = customId('subscribe', 'again', name)
  const again: Button = { kind: 'press', label: en.subscribe.checkAgain, emoji: '🔄', style: 'primary', id }
  const move: Control = {
    kind: 'channels',
    id: customId('subscribe', 'move', name),
    placeholder: en.subscribe.elsewhere,
  }
  if (checked.kind === 'refused') return { ...checked.reply, how, controls: [move] }
  return {
    ...refusal(en.subscribe.lacking(draft.channelId, checked.missing), en.subscribe.lackingWayOut),
    how,
    controls: [{ kind: 'buttons', buttons: [again] }, move],
  }
}

function termBlocks(topic: Topic): readonly Block[] {
  // What a reader knows the topic by comes first, wherever the file has it.
  const isName = (text: string): boolean => text.toLowerCase() === topic.name.toLowerCase()
  const texts = [...topic.any, ...topic.all]
    .map(({ text }) => (isName(text) ? topic.name : text))
    .sort((a, b) => Number(isName(b)) - Number(isName(a)))
  const not = topic.none.map(({ text }) => text)
  const more = (list: readonly string[]): number => Math.max(0, list.length - TERMS_SHOWN_MAX)
  return [
    { kind: 'text', text: en.subscribe.matches(texts.slice(0, TERMS_SHOWN_MAX), more(texts)) },
    ...(not.length > 0
      ? [{ kind: 'note', text: en.subscribe.excludes(not.slice(0, TERMS_SHOWN_MAX), more(not)) } as const]
      : []),
  ]
}

function rehearsalBlocks({ cards, articles, only, busiest }: Rehearsal, all: boolean): readonly Block[] {
  const cappedNote: readonly Block[] = only === undefined ? [] : [{ kind: 'note', text: en.subscribe.capped(only) }]
  if (cards.length === 0) return [{ kind: 'text', text: en.subscribe.wouldHaveNone }, ...cappedNote]
  const shown = cards.slice(0, all ? ALL_SAMPLES_MAX : SAMPLES_MAX)
  const items = shown.map(({ article, match }) => {
    const line = rich`${clock(article.publishedAt)} ${cut(oneLine(article.title), HEADLINE_CHARS_MAX)}`
    const terms = (match?.terms ?? []).slice(0, SAMPLE_TERMS_MAX).map((term): Rich => [em(term)])
    return terms.length > 0 ? joined([line, joined(terms, ', ')]) : line
  })
  const more = cards.length - shown.length
  const when = busiest ? en.subscribe.busiest([clock(busiest.hourAt)], busiest.cards) : []
  return [
    { kind: 'text', text: en.subscribe.wouldHave(cards.length, articles) },
    { kind: 'bullets', items },
    ...(more > 0 ? [{ kind: 'note', text: en.subscribe.more(more, when) } as const] : []),
    ...cappedNote,
  ]
}

/** Saves it. The channel is checked again: minutes may have passed since the question. */
export async function confirmDraft(
  draft: Draft,
  name: string,
  { asker, world }: Readonly<{ asker: Asker; world: World }>,
): Promise<Reply> {
  const checked = await checkPlace(draft.channelId, asker, world)
  if (checked.kind !== 'ready') return elsewhere(draft, checked, { name, how: 'update' })
  const subscription = subscriptionOf(draft, checked.place, { asker, world })
  if (!subscription) return refusal(en.errors.serverOnly)
  const refused = await overPatterns(subscription, world)
  if (refused) return refused
  const added = await world.store.addSubscription(subscription, world.limits.subscriptionsMax)
  if (added === 'full') return refusal(en.subscribe.full(world.limits.subscriptionsMax))
  if (added === 'already') return thereAlready(subscription, { asker, world })
  const what = await whatOf(draft.follows, draft.sources, { asker, world })
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

/** Names the one that stands in the way, which may be narrower or wider, and opens it. */
export async function thereAlready(
  wanted: Subscription,
  { asker, world }: Readonly<{ asker: Asker; world: World }>,
): Promise<Reply> {
  const same = ({ target, follows }: Subscription): string => `${targetKey(target)} ${followKey(follows)}`
  const all = await world.store.subscriptions(wanted.serverId)
  const there = all.find((one) => one.id !== wanted.id && same(one) === same(wanted)) ?? wanted
  const what = await whatOf(there.follows, there.sources, { asker, world })
  const id = customId('subscriptions', 'show', there.id)
  const open: Button = { kind: 'press', label: en.subscribe.openIt, emoji: '⚙️', style: 'primary', id }
  const channelId = wanted.target.kind === 'person' ? asker.channelId : wanted.target.channelId
  return {
    ...refusal(en.subscribe.already(channelId, what)),
    tone: 'warning',
    how: 'update',
    controls: [{ kind: 'buttons', buttons: [open] }],
  }
}

/** Posts the newest story that the subscription would have posted. */
export async function postLatest({ asker, args: [id] }: PressRequest, world: World): Promise<Reply> {
  const subscription = await findSubscription(id, asker, world)
  if (!subscription) return refusal(en.unsubscribe.unknown)
  const { store, topics } = world
  const latest = await latestFor(subscription, { store, topics, viewer: viewerOf(asker), now: world.now })
  if (!latest) return { ...refusal(en.subscribe.noLatest), tone: 'warning' }
  const { story, match } = latest
  const alert: Alert = {
    target: subscription.target,
    subject: { kind: 'card', storyId: story.id },
    part: 0,
    serverId: subscription.serverId,
    subscriptionIds: [subscription.id],
    matches: match ? [match] : [],
    style: subscription.style,
    mentions: [],
  }
  const added = await store.addDelivery({ alert, state: 'queued', dueAt: world.now() }, world.now())
  world.wake.call('deliver')
  return added
    ? onlyYou([{ kind: 'text', text: en.subscribe.postedLatest(oneLine(story.lead.title)) }], { tone: 'good' })
    : { ...refusal(en.subscribe.latestAlready), tone: 'warning' }
}
