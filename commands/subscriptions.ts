import { customId } from '../src/core/custom-id.ts'
import { pager, paging } from '../src/core/listing.ts'
import type { Alert, ChannelId, FeedId, Style, Subscription } from '../src/core/model.ts'
import {
  type Block,
  type Button,
  type Control,
  type MessageReply,
  onlyYou,
  type Reply,
  refusal,
} from '../src/core/reply.ts'
import { joined, plain } from '../src/core/rich.ts'
import { en } from '../src/core/say/en.ts'
import { topicWords } from '../src/core/topic-words.ts'
import type { Command, PressRequest, World } from '../src/flow/command.ts'
import { checkPlace, type PlaceCheck, readWords, wordsField } from '../src/flow/draft.ts'
import { findSubscription, namedSubscriptions, whatOf, whereOf } from '../src/flow/followed.ts'
import { overPatterns } from '../src/flow/patterns.ts'
import { RHYTHMS, rhythmSelect, thereAlready } from '../src/flow/propose.ts'
import { recallText, rememberText } from '../src/flow/remember.ts'

/** Their names may be 100 characters of keywords each: ten fit into one message in any case. */
const ROWS = 10
const STYLES: readonly Style[] = ['full', 'compact', 'rich']

type Change = (one: Subscription, press: PressRequest, world: World) => Promise<Reply>
const onOne = (run: Change) =>
  ({ access: 'manager', run: (press: PressRequest, world: World) => withOne(press, world, run) }) as const

export const subscriptions: Command = {
  name: 'subscriptions',
  describe: en.subscriptions.describe,
  access: 'manager',
  inDirectMessages: false,
  options: [],
  run: ({ asker }, world) => list({ asker, world, how: 'new', wanted: '0' }),
  presses: {
    list: {
      access: 'manager',
      run: ({ asker, args: [wanted] }, world) => list({ asker, world, how: 'update', wanted }),
    },
    show: onOne((one, press, world) => show(one, press, { world, saved: false })),
    pause: onOne((one, press, world) => save({ ...one, pausedAt: world.now() }, press, world)),
    resume: onOne(({ pausedAt: _pausedAt, ...one }, press, world) => save(one, press, world)),
    rhythm: onOne((one, press, world) => {
      const rhythm = RHYTHMS.find((each) => each === press.values[0]) ?? one.rhythm
      return save({ ...one, rhythm }, press, world)
    }),
    style: onOne((one, press, world) => {
      const style = STYLES.find((each) => each === press.values[0]) ?? one.style
      return save({ ...one, style }, press, world)
    }),
    move: onOne(move),
    edit: onOne(editForm),
    edited: onOne(edited),
    test: onOne(test),
  },
}

type Listing = Readonly<{
  asker: PressRequest['asker']
  world: World
  how: 'new' | 'update'
  wanted: string | undefined
}>

async function list({ asker, world, how, wanted }: Listing): Promise<Reply> {
  const named = await namedSubscriptions(asker, world)
  if (named.length === 0)
    return { ...refusal(en.subscriptions.none, en.subscriptions.noneWayOut), tone: 'warning', how }
  const at = paging(wanted, named.length, ROWS)
  const shown = named.slice(at.from, at.to)
  const items = shown.map(({ subscription, what, where }) => {
    const line = en.subscriptions.line(what, where, subscription.rhythm)
    return subscription.pausedAt === undefined ? line : joined([line, en.subscriptions.paused])
  })
  const options = shown.map(({ subscription, label }) => ({ label, value: subscription.id }))
  const { placeholder } = en.subscriptions
  return onlyYou(
    [
      { kind: 'title', text: en.subscriptions.title(named.length) },
      { kind: 'bullets', items },
    ],
    {
      how,
      controls: [
        { kind: 'select', id: customId('subscriptions', 'show'), placeholder, options, min: 1, max: 1 },
        ...pager(at, (to, which) => customId('subscriptions', 'list', String(to), which)),
      ],
    },
  )
}

async function withOne(press: PressRequest, world: World, run: Change): Promise<Reply> {
  const one = await findSubscription(press.args[0] ?? press.values[0], press.asker, world)
  return one ? run(one, press, world) : { ...refusal(en.unsubscribe.unknown), how: 'update' }
}

async function show(
  one: Subscription,
  { asker }: Pick<PressRequest, 'asker'>,
  { world, saved }: Readonly<{ world: World; saved: boolean }>,
): Promise<Reply> {
  const what = await whatOf(one.follows, one.sources, { asker, world })
  const paused = one.pausedAt === undefined ? [] : [en.subscriptions.paused]
  const blocks: Block[] = [
    { kind: 'title', text: joined([en.subscriptions.line(what, whereOf(one.target), one.rhythm), ...paused]) },
    {
      kind: 'note',
      text: joined([en.subscriptions.created(one.createdAt), en.subscriptions.perDay(one.perDayMax)]),
    },
    ...(saved ? [{ kind: 'note', text: en.subscriptions.changed } as const] : []),
  ]
  return onlyYou(blocks, { how: 'update', tone: saved ? 'good' : 'plain', controls: controlsOf(one) })
}

function controlsOf(one: Subscription): readonly Control[] {
  const press = (
    label: string,
    verb: string,
    face: Omit<Button & { kind: 'press' }, 'kind' | 'label' | 'id'>,
  ): Button => ({
    kind: 'press',
    label,
    ...face,
    id: customId('subscriptions', verb, one.id),
  })
  const { pause, resume, test: send, remove, back, style, move: moveTo } = en.subscriptions
  const styles = STYLES.map((value) => ({ label: en.styles[value], value, chosen: value === one.style }))
  const select = { kind: 'select', placeholder: style, options: styles, min: 1, max: 1 } as const
  return [
    rhythmSelect(customId('subscriptions', 'rhythm', one.id), one.rhythm),
    { ...select, id: customId('subscriptions', 'style', one.id) },
    { kind: 'channels', id: customId('subscriptions', 'move', one.id), placeholder: moveTo },
    {
      kind: 'buttons',
      buttons: [
        one.pausedAt === undefined
          ? press(pause, 'pause', { style: 'secondary', emoji: '⏸️' })
          : press(resume, 'resume', { style: 'primary', emoji: '▶️' }),
        ...(one.follows.kind === 'words'
          ? [press(en.subscribe.editWords, 'edit', { style: 'secondary', emoji: '✏️' })]
          : []),
        press(send, 'test', { style: 'secondary', emoji: '📨' }),
        { kind: 'press', label: remove, style: 'danger', id: customId('unsubscribe', 'chosen', one.id) },
        { kind: 'press', label: back, style: 'secondary', id: customId('subscriptions', 'list', '0') },
      ],
    },
  ]
}

/** Not saved where another one in that channel says the same, or where it went away meanwhile. */
async function save(changed: Subscription, press: PressRequest, world: World): Promise<Reply> {
  if (await world.store.changeSubscription(changed)) return show(changed, press, { world, saved: true })
  const { asker } = press
  const isThere = await findSubscription(changed.id, asker, world)
  return isThere ? thereAlready(changed, { asker, world }) : { ...refusal(en.unsubscribe.unknown), how: 'update' }
}

async function move(one: Subscription, press: PressRequest, world: World): Promise<Reply> {
  const channelId = (press.values[0] ?? press.args[1]) as ChannelId | undefined
  if (!channelId) return refusal(en.subscribe.noChannel)
  const checked = await checkPlace(channelId, press.asker, world)
  if (checked.kind !== 'ready') return notThere(one, channelId, checked)
  const { kind, id } = checked.place
  return save({ ...one, target: { kind, serverId: one.serverId, channelId: id } }, press, world)
}

/** The subscription stays where it is; the check can be made again, with the channel kept. */
function notThere(one: Subscription, channelId: ChannelId, checked: Exclude<PlaceCheck, { kind: 'ready' }>): Reply {
  if (checked.kind === 'refused') return checked.reply
  const id = customId('subscriptions', 'move', one.id, channelId)
  const again: Button = { kind: 'press', label: en.subscribe.checkAgain, emoji: '🔄', style: 'primary', id }
  const reply = refusal(en.subscribe.lacking(channelId, checked.missing), en.subscribe.lackingWayOut)
  return { ...reply, controls: [{ kind: 'buttons', buttons: [again] }] }
}

/** Holds the keywords as they are, or as they were typed in vain. */
async function editForm(one: Subscription, { args: [, kept] }: PressRequest, world: World): Promise<Reply> {
  if (one.follows.kind !== 'words') return refusal(en.errors.unknownButton)
  const value = (await recallText(kept, world)) ?? topicWords(one.follows.topic)
  const id = customId('subscriptions', 'edited', one.id)
  return { kind: 'form', id, title: en.subscribe.formTitle, fields: [wordsField(value)] }
}

async function edited(one: Subscription, press: PressRequest, world: World): Promise<Reply> {
  // Its form is offered for keywords only.
  if (one.follows.kind !== 'words') return refusal(en.errors.unknownButton)
  const typed = press.fields['words'] ?? ''
  const parsed = readWords(typed)
  if (parsed.kind === 'refused') return offerEditing(parsed.reply, one, { typed, world })
  const changed: Subscription = { ...one, follows: { kind: 'words', topic: parsed.topic } }
  const refused = await overPatterns(changed, world)
  return refused ? offerEditing(refused, one, { typed, world }) : save(changed, press, world)
}

/** Under what is wrong with the keywords, the form that holds them as they were typed. */
async function offerEditing(
  reply: MessageReply,
  { id: subscriptionId }: Subscription,
  { typed, world }: Readonly<{ typed: string; world: World }>,
): Promise<Reply> {
  const id = customId('subscriptions', 'edit', subscriptionId, await rememberText(typed, KEPT_CHARS_MAX, world))
  const again: Button = { kind: 'press', label: en.subscribe.editWords, emoji: '✏️', style: 'primary', id }
  return { ...reply, controls: [{ kind: 'buttons', buttons: [again] }] }
}
/** What `v1:subscriptions:edit:`, an id of up to 40 characters and a colon leave of a custom_id. */
const KEPT_CHARS_MAX = 36

/** A message through the very outbox that alerts take. Nothing is promised that cannot be kept. */
async function test(one: Subscription, { asker }: PressRequest, world: World): Promise<Reply> {
  const checked = one.target.kind === 'person' ? undefined : await checkPlace(one.target.channelId, asker, world)
  if (one.target.kind !== 'person' && checked && checked.kind !== 'ready')
    return notThere(one, one.target.channelId, checked)
  const what = await whatOf(one.follows, one.sources, { asker, world })
  const alert: Alert = {
    target: one.target,
    subject: { kind: 'notice', feedId: 'test' as FeedId, event: `test-${one.id}`, n: world.now() },
    part: 0,
    serverId: one.serverId,
    subscriptionIds: [one.id],
    matches: [],
    style: one.style,
    mentions: [],
    notice: en.notices.test(plain(what)),
  }
  await world.store.addDelivery({ alert, state: 'queued', dueAt: world.now() }, world.now())
  world.wake.call('deliver')
  return onlyYou([{ kind: 'text', text: en.subscriptions.testSent(whereOf(one.target)) }], { tone: 'good' })
}
