import { customId } from '../src/core/custom-id.ts'
import { byTrouble, feedHealth, networkFault } from '../src/core/feed-health.ts'
import { pager, paging } from '../src/core/listing.ts'
import type { Feed, FeedId, FeedSource } from '../src/core/model.ts'
import { nearest } from '../src/core/near.ts'
import { type Block, type Button, onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { joined, type Rich, rich, strong } from '../src/core/rich.ts'
import { shownHost } from '../src/core/safe-text.ts'
import { en } from '../src/core/say/en.ts'
import { againControls } from '../src/flow/again.ts'
import type { Asker, Command, CommandRequest, PressRequest, World } from '../src/flow/command.ts'
import { discoverFeed, typedAddress } from '../src/flow/discover.ts'
import { healthFacts } from '../src/flow/feed-facts.ts'
import { feedChoices, feedName, findFeed, viewerOf } from '../src/flow/followed.ts'
import { keepHere, recallHere } from '../src/flow/remember.ts'
import { importFeeds, importReport } from './feeds/bulk.ts'

/** Lines are short here, and twice as many as stories fit, even where each fails and says what to do. */
const ROWS = 10
const UNDO_MS = 10 * 60_000 // as for subscriptions: CARD.md
const REMOVED = 'removed-feed'
const SUGGESTIONS_MAX = 2

export const feeds: Command = {
  name: 'feeds',
  describe: en.feeds.describe,
  access: 'everyone',
  inDirectMessages: false,
  options: [],
  subcommands: [
    { name: 'list', describe: en.feeds.list, options: [], access: 'everyone' },
    {
      name: 'add',
      describe: en.feeds.add,
      options: [{ name: 'url', describe: en.feeds.url, kind: 'text', required: true, charsMax: 2_048 }],
      access: 'manager',
      fetches: true,
    },
    {
      name: 'import',
      describe: en.feeds.bulk.describe,
      options: [
        { name: 'file', describe: en.feeds.bulk.file, kind: 'file' },
        { name: 'url', describe: en.feeds.bulk.url, kind: 'text', charsMax: 2_048 },
      ],
      access: 'manager',
      fetches: true,
    },
    {
      name: 'remove',
      describe: en.feeds.remove,
      options: [
        { name: 'feed', describe: en.feeds.option, kind: 'text', required: true, completes: true, charsMax: 2_048 },
      ],
      access: 'manager',
    },
  ],
  async run(request, world) {
    const { asker, subcommand, options } = request
    switch (subcommand) {
      case 'add':
        return add(String(options['url'] ?? ''), request, world)
      case 'import':
        return importFeeds(request, world)
      case 'remove':
        return remove(String(options['feed'] ?? ''), asker, world)
      default:
        return list({ asker, world, wanted: '0', how: 'new' })
    }
  },
  async complete({ asker, typed }, world) {
    return feedChoices(typed, await ownFeeds(asker, world))
  },
  presses: {
    page: {
      access: 'everyone',
      run: ({ asker, args: [wanted] }, world) => list({ asker, world, wanted, how: 'update' }),
    },
    open: { access: 'everyone', run: ({ asker }, world) => list({ asker, world, wanted: '0', how: 'new' }) },
    undo: { access: 'manager', run: undo },
    report: { access: 'manager', run: ({ asker, args }, world) => importReport(args, asker, world) },
  },
}

type Listing = Readonly<{ asker: Asker; world: World; wanted: string | undefined; how: 'new' | 'update' }>

async function list({ asker, world, wanted, how }: Listing): Promise<Reply> {
  const all = [...(await world.store.feeds(viewerOf(asker)))].sort(byInterest)
  if (all.length === 0) return { ...refusal(en.feeds.none, en.feeds.noneWayOut), tone: 'warning', how }
  const at = paging(wanted, all.length, ROWS)
  const failing = all.filter(({ failures }) => failures > 0).length
  const network = networkFault(all)
  // With our own network down, a cure for each would send people after the wrong one.
  const lines = all.slice(at.from, at.to).map((feed) => feedLine(feed, { now: world.now(), cures: !network }))
  return onlyYou(
    [
      { kind: 'title', text: en.feeds.title(all.length) },
      { kind: 'note', text: en.feeds.health.sum(failing) },
      ...(network ? [{ kind: 'text', text: en.status.network(network) } as const] : []),
      { kind: 'bullets', items: lines },
    ],
    { how, controls: pager(at, (to, which) => customId('feeds', 'page', String(to), which)) },
  )
}

/** What a server added comes before what comes with us. */
function byInterest(a: Feed, b: Feed): number {
  return byTrouble(a, b) || Number(a.common) - Number(b.common) || feedName(a).localeCompare(feedName(b), 'en')
}

function feedLine(feed: Feed, { now, cures }: Readonly<{ now: number; cures: boolean }>): Rich {
  const { own } = en.feeds
  return joined([
    [strong(feedName(feed))],
    ...(feed.kind === 'other' ? [] : [rich`${feed.label ?? feed.kind}`]),
    ...(feed.common ? [] : [own]),
    ...healthFacts(feed, feedHealth(feed, now), { now, cures }),
  ])
}

async function ownFeeds(asker: Asker, world: World): Promise<readonly Feed[]> {
  return (await world.store.feeds(viewerOf(asker))).filter(({ common }) => !common)
}

async function add(typed: string, request: CommandRequest, world: World): Promise<Reply> {
  const { asker } = request
  if (!asker.serverId) return refusal(en.errors.serverOnly)
  // What is read here already needs no fetch to be known.
  const known = await knownAs(typedAddress(typed), asker, world)
  if (known) return already(known)
  const found = await discoverFeed(typed, world)
  if (found.kind === 'none') {
    const why = refusal(found.status === undefined ? en.web.why(found.reason) : en.web.status(found.status))
    return found.passing ? { ...why, controls: await againControls('feeds', request, world) } : why
  }
  const { source, document } = found
  const max = world.limits.feedsMax
  const adding = { source, serverId: asker.serverId, personId: asker.personId, max }
  const added = (await knownAs(source.url, asker, world)) ?? (await world.store.addFeed(adding, world.now()))
  if (added === 'full') return refusal(en.feeds.full(max))
  if (added !== 'added') return already(added === 'already' ? undefined : added, source)
  world.wake.call('gather')
  return onlyYou(
    [
      { kind: 'text', text: en.feeds.added(feedName(source)) },
      { kind: 'note', text: rich`${shownHost(source.url)} · ${en.feeds.addedNote(document.items.length)}` },
      { kind: 'note', text: en.feeds.only },
    ],
    { tone: 'good', controls: followControls(source.id) },
  )
}

async function knownAs(url: string, asker: Asker, world: World): Promise<Feed | undefined> {
  return (await world.store.feeds(viewerOf(asker))).find((feed) => feed.url === url)
}

/** @param feed - as it is read here; where it moved since, only what was found names it, and nothing is offered */
function already(feed: Feed | undefined, source: FeedSource | undefined = feed): Reply {
  const named = feed ?? source
  return onlyYou([{ kind: 'text', text: en.feeds.already(named ? feedName(named) : '') }], {
    tone: 'warning',
    controls: feed ? followControls(feed.id) : [],
  })
}

function followControls(id: FeedId) {
  const follow: Button = {
    kind: 'press',
    label: en.feeds.follow,
    emoji: '🔔',
    style: 'primary',
    id: customId('subscribe', 'feed', id),
  }
  return [{ kind: 'buttons', buttons: [follow] }] as const
}

async function remove(typed: string, asker: Asker, world: World): Promise<Reply> {
  const own = await ownFeeds(asker, world)
  const feed = findFeed(typed, own) ?? findFeed(typedAddress(typed), own)
  if (!(feed && asker.serverId && (await world.store.removeFeed(feed.id, asker.serverId)))) {
    const close = nearest(typed, own.map(feedName), SUGGESTIONS_MAX)
    return refusal(en.feeds.notYours, close.length > 0 ? en.feeds.didYouMean(close) : en.feeds.notYoursWayOut)
  }
  const name = await keepHere({ kind: REMOVED, value: sourceOf(feed), keptMs: UNDO_MS }, asker, world)
  const following = (await world.store.subscriptions(asker.serverId)).filter(
    ({ follows, sources }) =>
      (follows.kind === 'feed' && follows.feedId === feed.id) || sources?.some((one) => one === feed.id),
  ).length
  const blocks: Block[] = [{ kind: 'text', text: en.feeds.removed(feedName(feed)) }]
  if (following > 0) blocks.push({ kind: 'note', text: en.feeds.removedFollowed(following) })
  const id = customId('feeds', 'undo', name)
  const button: Button = { kind: 'press', label: en.subscribe.undo, emoji: '↩️', style: 'secondary', id }
  return onlyYou(blocks, { tone: 'good', controls: [{ kind: 'buttons', buttons: [button] }] })
}

function sourceOf({ id, url, title, outlet, kind, language, country, label }: Feed): FeedSource {
  const more = { ...(language ? { language } : {}), ...(country ? { country } : {}), ...(label ? { label } : {}) }
  return { id, url, title, outlet, kind, ...more }
}

async function undo({ asker, args: [name] }: PressRequest, world: World): Promise<Reply> {
  const source = await recallHere<FeedSource>({ kind: REMOVED, name }, asker, world)
  if (!(source && asker.serverId)) return { ...refusal(en.feeds.undoTooLate), how: 'update' }
  const max = world.limits.feedsMax
  const added = await world.store.addFeed(
    { source, serverId: asker.serverId, personId: asker.personId, max },
    world.now(),
  )
  if (added === 'full') return refusal(en.feeds.full(max))
  return onlyYou([{ kind: 'text', text: en.feeds.undone(feedName(source)) }], { how: 'update', tone: 'good' })
}
