import { customId } from '../src/core/custom-id.ts'
import type { Alert, ChannelId, FeedId, Rhythm, Style, Subscription } from '../src/core/model.ts'
import { type Block, type Button, type Control, onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { joined, plain, rich } from '../src/core/rich.ts'
import { en } from '../src/core/say/en.ts'
import type { Command, PressRequest, World } from '../src/flow/command.ts'
import { checkPlace, readWords } from '../src/flow/draft.ts'
import { findSubscription, namedSubscriptions, whatOf, whereOf } from '../src/flow/followed.ts'
import { rhythmSelect } from '../src/flow/propose.ts'

/** A select takes 25. */
const LISTED_MAX = 25
const WORDS_CHARS_MAX = 2_600 // 25 keywords of 100 characters, and their commas
const STYLES: readonly Style[] = ['full', 'compact', 'rich']
const RHYTHMS: readonly Rhythm[] = ['each', 'hourly', 'daily']

export const subscriptions: Command = {
  name: 'subscriptions',
  describe: en.subscriptions.describe,
  access: 'manager',
  inDirectMessages: false,
  options: [],
  run: ({ asker }, world) => list({ asker, world, how: 'new' }),
  presses: {
    list: { access: 'manager', run: ({ asker }, world) => list({ asker, world, how: 'update' }) },
    show: {
      access: 'manager',
      run: (press, world) => withOne(press, world, async (one) => show(one, press, { world, saved: false })),
    },
    pause: {
      access: 'manager',
      run: (press, world) => change(press, world, (one) => ({ ...one, pausedAt: world.now() })),
    },
    resume: {
      access: 'manager',
      run: (press, world) => change(press, world, ({ pausedAt: _pausedAt, ...one }) => one),
    },
    rhythm: {
      access: 'manager',
      run: (press, world) =>
        change(press, world, (one) => ({
          ...one,
          rhythm: RHYTHMS.find((rhythm) => rhythm === press.values[0]) ?? one.rhythm,
        })),
    },
    style: {
      access: 'manager',
      run: (press, world) =>
        change(press, world, (one) => ({
          ...one,
          style: STYLES.find((style) => style === press.values[0]) ?? one.style,
        })),
    },
    move: { access: 'manager', run: (press, world) => withOne(press, world, (one) => move(one, press, world)) },
    edit: { access: 'manager', run: (press, world) => withOne(press, world, async (one) => editForm(one)) },
    edited: { access: 'manager', run: (press, world) => withOne(press, world, (one) => edited(one, press, world)) },
    test: { access: 'manager', run: (press, world) => withOne(press, world, (one) => test(one, press, world)) },
  },
}

type Listing = Readonly<{ asker: PressRequest['asker']; world: World; how: 'new' | 'update' }>

async function list({ asker, world, how }: Listing): Promise<Reply> {
  const named = await namedSubscriptions(asker, world)
  if (named.length === 0)
    return { ...refusal(en.subscriptions.none, en.subscriptions.noneWayOut), tone: 'warning', how }
  const listed = named.slice(0, LISTED_MAX)
  const items = listed.map(({ subscription, what, where }) => {
    const line = en.subscriptions.line(what, where, subscription.rhythm)
    return subscription.pausedAt === undefined ? line : joined([line, en.subscriptions.paused])
  })
  const options = listed.map(({ subscription, label }) => ({ label, value: subscription.id }))
  return onlyYou(
    [
      { kind: 'title', text: en.subscriptions.title(named.length) },
      { kind: 'bullets', items },
      ...(named.length > LISTED_MAX ? [{ kind: 'note', text: en.subscriptions.full } as const] : []),
    ],
    {
      how,
      controls: [
        {
          kind: 'select',
          id: customId('subscriptions', 'show'),
          placeholder: en.subscriptions.placeholder,
          options,
          min: 1,
          max: 1,
        },
      ],
    },
  )
}

async function withOne(press: PressRequest, world: World, run: (one: Subscription) => Promise<Reply>): Promise<Reply> {
  const one = await findSubscription(press.args[0] ?? press.values[0], press.asker, world)
  return one ? run(one) : { ...refusal(en.unsubscribe.unknown), how: 'update' }
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
      text: joined([en.subscriptions.created(one.createdAt, ''), en.subscriptions.perDay(one.perDayMax)]),
    },
    ...(saved ? [{ kind: 'note', text: en.subscriptions.changed } as const] : []),
  ]
  return onlyYou(blocks, { how: 'update', tone: saved ? 'good' : 'plain', controls: controlsOf(one) })
}

function controlsOf(one: Subscription): readonly Control[] {
  const press = (label: string, verb: string, style: 'primary' | 'secondary' | 'danger' = 'secondary'): Button => ({
    kind: 'press',
    label,
    style,
    id: customId('subscriptions', verb, one.id),
  })
  const { pause, resume, test: send, remove, back, style, move: moveTo } = en.subscriptions
  const styles = STYLES.map((value) => ({ label: en.styles[value], value, chosen: value === one.style }))
  return [
    rhythmSelect(customId('subscriptions', 'rhythm', one.id), one.rhythm),
    {
      kind: 'select',
      id: customId('subscriptions', 'style', one.id),
      placeholder: style,
      options: styles,
      min: 1,
      max: 1,
    },
    { kind: 'channels', id: customId('subscriptions', 'move', one.id), placeholder: moveTo },
    {
      kind: 'buttons',
      buttons: [
        one.pausedAt === undefined ? press(pause, 'pause') : press(resume, 'resume', 'primary'),
        ...(one.follows.kind === 'words' ? [press(en.subscribe.editWords, 'edit')] : []),
        press(send, 'test'),
        { kind: 'press', label: remove, style: 'danger', id: customId('unsubscribe', 'chosen', one.id) },
        press(back, 'list'),
      ],
    },
  ]
}

async function change(press: PressRequest, world: World, next: (one: Subscription) => Subscription): Promise<Reply> {
  return withOne(press, world, async (one) => {
    const changed = next(one)
    await world.store.changeSubscription(changed)
    return show(changed, press, { world, saved: true })
  })
}

async function move(one: Subscription, press: PressRequest, world: World): Promise<Reply> {
  const channelId = press.values[0] as ChannelId | undefined
  const checked = channelId ? await checkPlace(channelId, press.asker, world) : undefined
  if (!(channelId && checked)) return refusal(en.subscribe.noChannel)
  if (checked.kind === 'refused') return checked.reply
  if (checked.kind === 'lacking')
    return refusal(en.subscribe.lacking(channelId, checked.missing), en.subscribe.lackingWayOut)
  const { kind, id } = checked.place
  const moved: Subscription = { ...one, target: { kind, serverId: one.serverId, channelId: id } }
  await world.store.changeSubscription(moved)
  return show(moved, press, { world, saved: true })
}

async function editForm(one: Subscription): Promise<Reply> {
  if (one.follows.kind !== 'words') return refusal(en.errors.unknownButton)
  const { formTitle, formLabel, formHint } = en.subscribe
  const field = {
    name: 'words',
    label: formLabel,
    value: one.follows.topic.name,
    placeholder: formHint,
    long: true,
    required: true,
    charsMax: WORDS_CHARS_MAX,
  }
  return { kind: 'form', id: customId('subscriptions', 'edited', one.id), title: formTitle, fields: [field] }
}

async function edited(one: Subscription, press: PressRequest, world: World): Promise<Reply> {
  const parsed = readWords(press.fields['words'] ?? '')
  if (parsed.kind === 'refused') return parsed.reply
  const changed: Subscription = { ...one, follows: { kind: 'words', topic: parsed.topic } }
  await world.store.changeSubscription(changed)
  return show(changed, press, { world, saved: true })
}

/** A message through the very outbox that alerts take. */
async function test(one: Subscription, { asker }: PressRequest, world: World): Promise<Reply> {
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
  return onlyYou([{ kind: 'text', text: rich`${en.subscriptions.testSent(whereOf(one.target))}` }], { tone: 'good' })
}
