import { customId } from '../src/core/custom-id.ts'
import { PAGE_ROWS, pager, paging } from '../src/core/listing.ts'
import type { Feed } from '../src/core/model.ts'
import { nearest } from '../src/core/near.ts'
import { type Block, onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { ago, joined, type Rich, rich, strong } from '../src/core/rich.ts'
import { shownHost } from '../src/core/safe-text.ts'
import { en } from '../src/core/say/en.ts'
import type { Asker, Command, World } from '../src/flow/command.ts'
import { discoverFeed } from '../src/flow/discover.ts'
import { failureText, feedChoices, feedName, findFeed, viewerOf } from '../src/flow/followed.ts'

/** Lines are short here: three pages of stories' worth. */
const FEEDS_PER_PAGE = PAGE_ROWS * 3

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
      name: 'remove',
      describe: en.feeds.remove,
      options: [
        { name: 'feed', describe: en.feeds.option, kind: 'text', required: true, completes: true, charsMax: 2_048 },
      ],
      access: 'manager',
    },
  ],
  async run({ asker, subcommand, options }, world) {
    switch (subcommand) {
      case 'add':
        return add(String(options['url'] ?? ''), asker, world)
      case 'remove':
        return remove(String(options['feed'] ?? ''), asker, world)
      default:
        return list({ asker, world, wanted: '0', how: 'new' })
    }
  },
  async complete({ asker, typed }, world) {
    return feedChoices(
      typed,
      (await world.store.feeds(viewerOf(asker))).filter(({ common }) => !common),
    )
  },
  presses: {
    page: {
      access: 'everyone',
      run: ({ asker, args: [wanted] }, world) => list({ asker, world, wanted, how: 'update' }),
    },
    open: { access: 'everyone', run: ({ asker }, world) => list({ asker, world, wanted: '0', how: 'new' }) },
  },
}

type Listing = Readonly<{ asker: Asker; world: World; wanted: string | undefined; how: 'new' | 'update' }>

async function list({ asker, world, wanted, how }: Listing): Promise<Reply> {
  const all = [...(await world.store.feeds(viewerOf(asker)))].sort(byTrouble)
  if (all.length === 0) return { ...refusal(en.feeds.none, en.feeds.noneWayOut), tone: 'warning', how }
  const shown = paging(wanted, all.length, FEEDS_PER_PAGE)
  return onlyYou(
    [
      { kind: 'title', text: en.feeds.title(all.length) },
      { kind: 'bullets', items: all.slice(shown.from, shown.to).map(feedLine) },
    ],
    { how, controls: pager(shown, (to, which) => customId('feeds', 'page', String(to), which)) },
  )
}

/** What answered once and fails now comes first, then what this server added; what never answered is no news. */
function byTrouble(a: Feed, b: Feed): number {
  return rank(a) - rank(b) || feedName(a).localeCompare(feedName(b), 'en')
}

function rank({ failures, lastSuccessAt, common }: Feed): number {
  if (lastSuccessAt === undefined) return common ? 3 : 1
  return failures > 0 ? 0 : common ? 2 : 1
}

function feedLine(feed: Feed): Rich {
  const { health, own } = en.feeds
  const facts: Rich[] = [[strong(feedName(feed))]]
  if (feed.kind !== 'other') facts.push(rich`${feed.label ?? feed.kind}`)
  if (!feed.common) facts.push(own)
  if (feed.failures > 0) facts.push(health.failing(failureText(feed), [ago(feed.failingSince ?? feed.nextPollAt)]))
  else
    facts.push(
      feed.lastSuccessAt === undefined ? rich`${health.waiting}` : rich`${health.ok} ${ago(feed.lastSuccessAt)}`,
    )
  return joined(facts)
}

async function add(typed: string, asker: Asker, world: World): Promise<Reply> {
  if (!asker.serverId) return refusal(en.errors.serverOnly)
  const found = await discoverFeed(typed, world)
  if (found.kind === 'none') {
    return refusal(found.status === undefined ? en.web.why(found.reason) : en.web.status(found.status))
  }
  const { source, document } = found
  const max = world.limits.feedsMax
  const added = await world.store.addFeed(
    { source, serverId: asker.serverId, personId: asker.personId, max },
    world.now(),
  )
  if (added === 'full') return refusal(en.feeds.full(max))
  world.wake.call('gather')
  const follow = {
    kind: 'press',
    label: en.feeds.follow,
    style: 'primary',
    id: customId('subscribe', 'feed', source.id),
  } as const
  const blocks: Block[] =
    added === 'already'
      ? [{ kind: 'text', text: en.feeds.already(feedName(source)) }]
      : [
          { kind: 'text', text: en.feeds.added(feedName(source)) },
          { kind: 'note', text: rich`${shownHost(source.url)}` },
          { kind: 'note', text: en.feeds.addedNote(document.items.length) },
          { kind: 'note', text: en.feeds.only },
        ]
  return onlyYou(blocks, {
    tone: added === 'already' ? 'warning' : 'good',
    controls: [{ kind: 'buttons', buttons: [follow] }],
  })
}

async function remove(typed: string, asker: Asker, world: World): Promise<Reply> {
  const own = (await world.store.feeds(viewerOf(asker))).filter(({ common }) => !common)
  const feed = findFeed(typed, own)
  if (!(feed && asker.serverId && (await world.store.removeFeed(feed.id, asker.serverId)))) {
    const close = nearest(typed, own.map(feedName), 2)
    return refusal(en.feeds.notYours, close.length > 0 ? en.subscribe.didYouMean(close) : undefined)
  }
  return onlyYou([{ kind: 'text', text: en.feeds.removed(feedName(feed)) }], { tone: 'good' })
}
