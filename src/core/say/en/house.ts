/** What /feeds, /status and /help say. Feeds' names are untrusted: they come in as values. */
import type { ChannelId } from '../../model.ts'
import { ago, code, command, em, joined, type Rich, rich, strong } from '../../rich.ts'
import { many } from './many.ts'

export const feeds = {
  describe: 'The feeds that are read here',
  list: 'All feeds, with how they do',
  add: 'Add a feed by its address, or by its site’s',
  url: 'The address of a feed or of a site',
  remove: 'Stop reading a feed that this server added',
  option: 'Which feed',
  title: (count: number): Rich => rich`📡 ${many(count, 'feed', 'feeds')}`,
  none: rich`No feeds yet.`,
  noneWayOut: rich`${command('feeds add')} adds one by its address.`,
  goneFeed: 'a feed that is no longer read here',
  health: {
    sum: (failing: number): Rich =>
      failing === 0 ? rich`all of them answer` : rich`${many(failing, 'does', 'do')} not answer; I keep trying`,
    waiting: rich`not asked yet`,
    ok: (at: Rich, fresh: number): Rich =>
      rich`asked ${at}, ${fresh > 0 ? `${fresh.toLocaleString('en')} new` : 'nothing new'}`,
    failing: (why: string, since: Rich): Rich => rich`⚠️ ${why}, first ${since}`,
    silent: (since: Rich): Rich => rich`quiet since ${since}`,
    gaps: (count: number): Rich => rich`${many(count, 'gap', 'gaps')} between polls`,
  },
  own: rich`added here`,
  added: (title: string): Rich => rich`✅ ${strong(title)} is read from now on, in this server only.`,
  addedNote: (items: number): Rich =>
    items === 0
      ? rich`It lists nothing yet. What is new from now on can become an alert.`
      : rich`It lists ${many(items, 'item, which counts', 'items, which count')} as seen. What is new from now on can become an alert.`,
  already: (title: string): Rich => rich`${strong(title)} is read here already.`,
  full: (max: number): Rich =>
    rich`This server has added ${many(max, 'feed', 'feeds')}, which is the most I read for one. ${command('feeds remove')} makes room.`,
  removed: (title: string): Rich => rich`${strong(title)} is no longer read in this server.`,
  removedFollowed: (count: number): Rich =>
    rich`${many(count, 'subscription follows', 'subscriptions follow')} it and will be silent: ${command('subscriptions')} shows them.`,
  undone: (title: string): Rich => rich`Undone: ${strong(title)} is read as before.`,
  undoTooLate: rich`Ten minutes have passed. ${command('feeds add')} adds it anew.`,
  notYours: rich`This server has not added such a feed.`,
  notYoursWayOut: rich`${command('feeds list')} marks those that it has. Feeds that come with me stay; a card’s ⚙️ menu mutes them in a channel.`,
  didYouMean: (names: readonly string[]): Rich =>
    rich`Did you mean ${joined(
      names.map((name) => [strong(name)]),
      ' or ',
    )}?`,
  bulk: {
    describe: 'Add the feeds of a list that another reader exported',
    file: 'An OPML file, or a text with an address a line',
    url: 'Or the address of such a file',
    nothing: rich`Give me a list of feeds.`,
    wayOut: rich`Attach an OPML file as ${code('file')}, or name its address as ${code('url')}. Most readers export one under Settings.`,
    noList: rich`That is no list of feeds: I found no OPML in it, and no addresses.`,
    tooOld: rich`This report is older than a day. ${command('feeds list')} shows what is read.`,
    title: (lines: number): Rich => rich`📥 ${many(lines, 'feed', 'feeds')} in the list`,
    sum: (of: Readonly<Record<'added' | 'known' | 'refused' | 'later' | 'full', number>>): Rich =>
      rich`${[
        `${of.added} added, for this server only`,
        ...(of.known > 0 ? [`${of.known} read here already`] : []),
        ...(of.refused > 0 ? [`${of.refused} refused`] : []),
        ...(of.full > 0 ? [`${of.full} over what this server may add`] : []),
        ...(of.later > 0 ? [`${of.later} not tried for want of time: give me the list again`] : []),
      ].join(' · ')}`,
    line: {
      added: (name: string): Rich => rich`✅ ${strong(name)}`,
      known: (name: string): Rich => rich`☑️ ${strong(name)} is read here already`,
      refused: (name: string, why: Rich): Rich => rich`⚠️ ${strong(name)}: ${why}`,
      full: (name: string): Rich => rich`⏸️ ${strong(name)}: no room, ${command('feeds remove')} makes some`,
      later: (name: string): Rich => rich`⏳ ${strong(name)}: not tried yet`,
    },
  },
  follow: 'Post everything here',
  only: rich`${command('subscribe')} with this ${code('feed')} and your own ${code('words')} follows keywords in it.`,
} as const

export const status = {
  describe: 'How everything does: feeds, stories, deliveries',
  title: rich`📊 Status`,
  noFeeds: rich`📡 No feeds yet: ${command('feeds add')} adds one by its address.`,
  feeds: (up: number, all: number): Rich =>
    rich`📡 ${strong(`${up} of ${all}`)} ${all === 1 ? 'feed' : 'feeds'} answer`,
  stories: (today: number, articles: number): Rich =>
    rich`🗞️ ${strong(today.toLocaleString('en'))} ${today === 1 ? 'story' : 'stories'} today, ${many(articles, 'article', 'articles')} searchable`,
  deliveries: (sent: number, waiting: number): Rich =>
    rich`📨 ${strong(sent.toLocaleString('en'))} posted, ${waiting.toLocaleString('en')} waiting`,
  folded: (count: number): Rich => rich`📋 ${many(count, 'story', 'stories')} in lists, sent or due`,
  trouble: (held: number, dead: number): Rich => rich`⚠️ ${held} held back, ${dead} failed for good`,
  speed: (ms: number): Rich => rich`⏱️ feed to card in ${(ms / 1000).toFixed(1)} s (95 of 100 are faster)`,
  subscriptions: (count: number): Rich =>
    rich`🔔 ${strong(count.toLocaleString('en'))} ${count === 1 ? 'subscription' : 'subscriptions'}`,
  waitingItems: (count: number): Rich => rich`⏳ ${many(count, 'item', 'items')} waiting to be read`,
  pace: (perDay: string | undefined, next: Rich): Rich =>
    rich`🗓️ ${joined([...(perDay === undefined ? [] : [rich`${strong(perDay)} items a day`]), ...(next.length > 0 ? [next] : [])])}`,
  nextPoll: (at: number): Rich => rich`the next feed is asked ${ago(at)}`,
  dueNow: rich`a feed is due now`,
  failing: (name: string, facts: Rich): Rich => rich`${em(name)}: ${facts}`,
  silent: (name: string, facts: Rich): Rich => rich`💤 ${em(name)}: ${facts}`,
  network: (says: string): Rich => rich`🔌 ${says}`,
  channel: 'The balance of this channel: what was seen for it, and what became of it',
  day: 'Of which day: 2026-11-25, today or yesterday (UTC)',
  fates: {
    posted: 'posted',
    folded: 'in lists',
    muted: 'muted',
    held: 'held back',
    dead: 'failed for good',
    withdrawn: 'no longer asked for',
    waiting: 'waiting',
    lost: 'unaccounted for',
  },
  part: (count: number, fate: string): Rich => rich`${count.toLocaleString('en')} ${fate}`,
  balanceToday: (seen: number, parts: Rich): Rich => rich`⚖️ ${strong(seen.toLocaleString('en'))} seen today = ${parts}`,
  balanceTitle: (day: string): Rich => rich`⚖️ ${day} (UTC)`,
  balanceOf: (id: ChannelId, seen: number, parts: Rich): Rich =>
    rich`${{ kind: 'channel', id } as const} ${strong(seen.toLocaleString('en'))} seen = ${parts}`,
  reason: (count: number, fate: string, reason: string): Rich =>
    reason ? rich`${count.toLocaleString('en')} ${fate}: ${em(reason)}` : rich`${count.toLocaleString('en')} ${fate}`,
  nothingSeen: rich`Nothing was seen for anybody here.`,
  noDay: (typed: string): Rich => rich`${code(typed)} is no day.`,
  noDayWayOut: rich`Write it as ${code('2026-11-25')}, or ${code('today')}, or ${code('yesterday')}.`,
  noServer: rich`A balance is of a server’s channels: ask for it there.`,
  retry: rich`What is held back goes out when I may post there again; the operator can send the rest again.`,
  lost: rich`Something is unaccounted for, which is a bug: please tell the operator.`,
  allFeeds: rich`${command('feeds list')} shows every feed.`,
  version: (version: string): Rich => rich`Pullquote ${version}`,
} as const

export const help = {
  describe: 'What I can do',
  title: rich`👋 Pullquote`,
  intro: rich`I read news feeds and post one card a story that matches: headline, summary, and who said what.`,
  line: (name: string, describe: string): Rich => rich`${command(name)} ${describe}`,
  privacy: rich`I never read your messages.`,
  managers: rich`Commands that change something need the Manage Server permission.`,
  dismissed: rich`Dismissed. ${command('help')} brings it all back.`,
} as const
