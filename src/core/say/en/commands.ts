/** What the commands say. Names, keywords and headlines are untrusted: they come in as values and are painted as text. */
import type { ChannelId, Rhythm, Style } from '../../model.ts'
import { ago, channel as channelPart, code, command, em, joined, type Rich, rich, strong } from '../../rich.ts'

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

export const rhythms: Readonly<Record<Rhythm, string>> = {
  each: 'Every story, as it breaks',
  hourly: 'One list an hour',
  daily: 'One list a day',
}
export const styles: Readonly<Record<Style, string>> = {
  full: 'Card with summary and quotes',
  compact: 'Headline only',
  rich: 'Rich layout (no phone notification text)',
}

export const subscribe = {
  describe: 'Get alerts in a channel: a topic, your own keywords, or a whole feed',
  topic: 'A topic that I know',
  words: 'Your own keywords, parted by commas: "exact phrase", -not, +must, prefix*',
  feed: 'Only this feed; without keywords: everything it brings',
  channel: 'Where to post. Default: this channel',
  everything: (feed: string): Rich => rich`everything from ${strong(feed)}`,
  quotesBy: (name: string): Rich => rich`quotes by ${strong(name)}`,
  oneStory: rich`one story`,
  yourMessages: rich`your direct messages`,
  nothing: rich`Tell me what to follow: a ${code('topic')}, your own ${code('words')}, or a whole ${code('feed')}.`,
  nothingWayOut: rich`${command('topics')} lists the topics, ${command('feeds')} the feeds.`,
  both: rich`A topic and own words make two subscriptions. Run the command once for each.`,
  noTopic: (typed: string): Rich => rich`I know no topic ${strong(typed)}.`,
  noFeed: (typed: string): Rich => rich`I know no feed ${strong(typed)} here.`,
  feedWayOut: rich`${command('feeds')} lists the feeds; ${code('/feeds add')} adds one by its address.`,
  didYouMean: (names: readonly string[]): Rich =>
    rich`Did you mean ${joined(
      names.map((name) => [strong(name)]),
      ' or ',
    )}? Otherwise use ${code('words')} for keywords of your own.`,
  ownWords: rich`Use ${code('words')} for keywords of your own, or ${command('topics')} for a list.`,
  noChannel: rich`This channel is not in this server, or I cannot post in a channel of its kind.`,
  youMayNotPost: (id: ChannelId): Rich =>
    rich`You may not post in ${channelPart(id)} yourself, so I will not do it for you.`,
  lacking: (id: ChannelId, missing: readonly string[]): Rich =>
    rich`I can’t post in ${channelPart(id)} yet: I am missing ${joined(
      missing.map((one) => [strong(one)]),
      ', ',
    )} there.`,
  lackingWayOut: rich`Open the channel’s settings → Permissions, add me and allow these. Then press Check again: your choices are kept.`,
  checkAgain: 'Check again',
  question: (id: ChannelId, what: Rich): Rich => rich`Subscribe ${channelPart(id)} to ${what}?`,
  matches: (terms: readonly string[], more: number): Rich =>
    rich`Matches ${joined(
      terms.map((term) => [code(term)]),
      ', ',
    )}${more > 0 ? ` and ${more} more` : ''}`,
  excludes: (terms: readonly string[], more: number): Rich =>
    rich`not ${joined(
      terms.map((term) => [code(term)]),
      ', ',
    )}${more > 0 ? ` and ${more} more` : ''}`,
  wouldHave: (cards: number, articles: number): Rich => {
    const merged =
      articles > cards
        ? ` (${many(articles, 'article', 'articles')}, ${articles - cards} merged as the same story)`
        : ''
    return rich`${strong(`In the last 24 hours this would have posted ${many(cards, 'card', 'cards')}`)}${merged}`
  },
  wouldHaveNone: rich`${strong('In the last 24 hours this would have posted nothing.')} That may be right; the next match will come all the same.`,
  capped: (max: number): Rich => rich`Counted over the newest ${max.toLocaleString('en')} articles.`,
  more: (count: number, busiest: Rich): Rich => rich`and ${count} more${busiest}`,
  busiest: (at: Rich, cards: number): Rich => rich` · busiest hour ${at} with ${many(cards, 'card', 'cards')}`,
  confirm: 'Subscribe',
  editWords: 'Edit keywords',
  showAll: (count: number): string => `Show all ${count}`,
  cancel: 'Cancel',
  cancelled: rich`Nothing was subscribed.`,
  tooOld: rich`This proposal is too old. Run ${command('subscribe')} again.`,
  done: (id: ChannelId, what: Rich, rhythm: Rhythm): Rich =>
    rich`✅ ${channelPart(id)} now gets ${what}: ${rhythms[rhythm].toLowerCase()}`,
  doneNote: rich`The first alert comes with the next story that matches.`,
  already: (id: ChannelId, what: Rich): Rich =>
    rich`${channelPart(id)} already gets ${what}. ${command('subscriptions')} shows and changes it.`,
  full: (max: number): Rich =>
    rich`This server has ${max} subscriptions, which is the most I keep. ${command('unsubscribe')} makes room.`,
  postLatest: 'Post the latest one now',
  settings: 'Settings',
  undo: 'Undo',
  undone: rich`Undone: nothing is subscribed.`,
  undoTooLate: rich`Ten minutes have passed. ${command('unsubscribe')} removes it.`,
  postedLatest: (headline: string): Rich => rich`On its way: ${strong(headline)}`,
  noLatest: rich`No story of the last days matches yet. The next one that does is posted.`,
  latestAlready: rich`The latest story was posted in this channel before.`,
  formTitle: 'Keywords',
  formLabel: 'Keywords, parted by commas or lines',
  formHint: 'NATO, "air defence", sanction*, -football',
} as const

export const words = {
  empty: rich`There is no keyword in that.`,
  wayOut: rich`Example: ${code('NATO, "air defence", sanction*, -football')}`,
} as const

export const unsubscribe = {
  describe: 'Stop alerts in a channel',
  option: 'Which subscription',
  choose: rich`Which one shall stop?`,
  placeholder: 'Choose a subscription…',
  unknown: rich`There is no such subscription in this server.`,
  done: (what: Rich, where: Rich): Rich => rich`${where} no longer gets ${what}.`,
  undone: (what: Rich): Rich => rich`Undone: ${what} goes on as before.`,
} as const

export const subscriptions = {
  describe: 'What this server follows: edit, pause, move, test',
  title: (count: number): Rich => rich`${many(count, 'subscription', 'subscriptions')}`,
  none: rich`This server follows nothing yet.`,
  noneWayOut: rich`${command('subscribe')} starts with a topic or your own keywords.`,
  placeholder: 'Open one…',
  paused: rich`⏸ paused`,
  line: (what: Rich, where: Rich, rhythm: Rhythm): Rich => rich`${what} → ${where} · ${rhythms[rhythm].toLowerCase()}`,
  created: (at: number, by: string): Rich => rich`since ${ago(at)}${by}`,
  perDay: (max: number): Rich => rich`at most ${max} cards a day, the rest as a list`,
  pause: 'Pause',
  resume: 'Resume',
  test: 'Send a test',
  remove: 'Remove',
  back: 'All subscriptions',
  move: 'Move to another channel…',
  rhythm: 'How often…',
  style: 'How it looks…',
  testSent: (where: Rich): Rich => rich`A test is on its way to ${where}.`,
  changed: rich`Saved.`,
  full: rich`Only the first 25 can be opened from here; ${command('unsubscribe')} finds every one by name.`,
} as const

export const topics = {
  describe: 'The topics that I know, with all their names',
  title: (count: number): Rich => rich`${many(count, 'topic', 'topics')}`,
  line: ({ emoji, name }: Readonly<{ emoji: string; name: string }>, names: number, stories: number): Rich =>
    rich`${emoji} ${strong(name)} · ${many(names, 'name', 'names')} in several scripts · ${many(stories, 'story', 'stories')} in the last 24 hours`,
  placeholder: 'Show one…',
  none: rich`No topics are configured. ${command('subscribe')} takes keywords of your own.`,
  note: rich`${command('subscribe')} follows one, or keywords of your own.`,
  details: (emoji: string, name: string): Rich => rich`${emoji} ${name}`,
  unknown: rich`That topic is no longer here. ${command('topics')} lists those that are.`,
  follow: 'Follow in this channel',
} as const

export const latest = {
  describe: 'The newest stories, of a topic or of all',
  topic: 'Only this topic',
  title: (name: string): Rich => rich`${name} · latest`,
  all: 'All topics',
  count: (today: number): Rich => rich`${many(today, 'story', 'stories')} in the last 24 hours`,
  none: (name: string): Rich => rich`No story on ${strong(name)} yet.`,
  noneWayOut: rich`Feeds are read around the clock; ${command('status')} shows how they do.`,
  older: 'Older',
  newer: 'Newer',
  open: 'Open a story…',
} as const

export const search = {
  describe: 'Search everything that was read',
  words: 'Words, "exact phrases", prefix*',
  title: (typed: string, count: number): Rich => rich`🔎 “${typed}” · ${many(count, 'story', 'stories')}`,
  none: (typed: string): Rich => rich`No story has ${strong(typed)}.`,
  noneWayOut: rich`Try fewer or other words, or ${command('latest')}.`,
  empty: rich`There is nothing to look for in that. Type a word of at least two letters.`,
  tooOld: rich`This search is too old. Run ${command('search')} again.`,
} as const

export const quotes = {
  describe: 'Who said what: quotes by a speaker or on a topic',
  speaker: 'Who said it',
  topic: 'Only from stories on this topic',
  title: (name: string, count: number): Rich => rich`💬 ${name} · ${many(count, 'quote', 'quotes')}`,
  everyone: 'Everyone',
  none: (who: string): Rich => rich`No quotes by ${strong(who)} yet.`,
  noneAtAll: rich`No quotes yet.`,
  didYouMean: rich`Did you mean:`,
  noneWayOut: rich`${command('search')} looks through the stories themselves.`,
  storyTitle: (count: number): Rich => rich`💬 ${many(count, 'quote', 'quotes')} in this story`,
  storyNone: rich`No quote in this story has a speaker that I am sure of.`,
} as const

export const feeds = {
  describe: 'The feeds that are read here',
  list: 'All feeds, with how they do',
  add: 'Add a feed by its address, or by its site’s',
  url: 'The address of a feed or of a site',
  remove: 'Stop reading a feed that this server added',
  option: 'Which feed',
  title: (count: number): Rich => rich`📡 ${many(count, 'feed', 'feeds')}`,
  none: rich`No feeds yet.`,
  noneWayOut: rich`${code('/feeds add')} adds one by its address.`,
  health: {
    waiting: 'not asked yet',
    ok: 'ok',
    failing: (why: string, since: Rich): Rich => rich`⚠️ ${why} · since ${since}`,
  },
  own: rich`added here`,
  goneFeed: 'a feed that is gone',
  added: (title: string): Rich => rich`✅ ${strong(title)} is read from now on, in this server only.`,
  addedNote: (items: number): Rich =>
    rich`It lists ${many(items, 'item', 'items')}; they count as seen. What is new from now on can become an alert.`,
  already: (title: string): Rich => rich`${strong(title)} is read here already.`,
  full: (max: number): Rich =>
    rich`This server has added ${max} feeds, which is the most I read for one. ${code('/feeds remove')} makes room.`,
  removed: (title: string): Rich => rich`${strong(title)} is no longer read in this server.`,
  notYours: rich`This server has not added such a feed. Feeds that come with me cannot be removed; mute them with the menu of a card.`,
  noFeedThere: (host: string): Rich => rich`I found no feed at ${strong(host)}.`,
  noFeedWayOut: rich`Look for “RSS” on the site and give me that address.`,
  follow: 'Post everything here',
  only: rich`${command('subscribe')} with this feed and your own words follows keywords in it.`,
} as const

export const status = {
  describe: 'How everything does: feeds, stories, deliveries',
  title: rich`Status`,
  feeds: (up: number, all: number): Rich => rich`📡 ${strong(`${up}/${all}`)} feeds answer`,
  stories: (today: number, articles: number): Rich =>
    rich`🗞️ ${strong(String(today))} stories today, ${articles.toLocaleString('en')} articles searchable`,
  deliveries: (sent: number, waiting: number): Rich => rich`📨 ${strong(String(sent))} posted, ${waiting} waiting`,
  folded: (count: number): Rich => rich`📋 ${count} waiting for or sent in a list`,
  trouble: (held: number, dead: number): Rich => rich`⚠️ ${held} held back, ${dead} failed for good`,
  speed: (ms: number): Rich => rich`⏱️ feed to card in ${(ms / 1000).toFixed(1)} s (95 of 100 are faster)`,
  subscriptions: (count: number): Rich => rich`🔔 ${many(count, 'subscription', 'subscriptions')}`,
  waitingItems: (count: number): Rich => rich`⏳ ${many(count, 'item', 'items')} waiting to be read`,
  failing: (name: string, why: string): Rich => rich`${em(name)}: ${why}`,
  version: (version: string): Rich => rich`Pullquote ${version}`,
} as const

export const help = {
  describe: 'What I can do',
  title: rich`Pullquote`,
  intro: rich`I read news feeds and post one card a story that matches: headline, summary, and who said what.`,
  line: (name: string, describe: string): Rich => rich`${command(name)} ${describe}`,
  privacy: rich`I never read your messages.`,
  managers: rich`Commands that change something need the Manage Server permission.`,
  dismissed: rich`Dismissed.`,
} as const

export const cardMenu = {
  storyGone: rich`I no longer keep this story.`,
  storyGoneWayOut: rich`Old stories are deleted after a while; the link on the card still works.`,
  sourcesTitle: (count: number): Rich => rich`📰 ${many(count, 'source', 'sources')}`,
  copyOf: (outlet: string): Rich => rich`same text as ${em(outlet)}`,
  menuTitle: rich`This story, in this channel`,
  muteSource: (outlet: string): string => `Mute ${outlet} for 24 h`,
  muteTopic: (name: string): string => `Mute ${name} for 24 h`,
  unmute: 'Undo',
  muted: (what: string): Rich => rich`${strong(what)} is muted in this channel for 24 hours.`,
  unmuted: (what: string): Rich => rich`${strong(what)} is heard again in this channel.`,
  wrongQuote: 'A quote is wrong…',
  wrongOption: 'Which one? It is hidden in this server at once',
  hidden: rich`Thank you. The quote is hidden in this server, and the card is corrected.`,
  alreadyHidden: rich`That quote is hidden already.`,
  nothing: rich`There is nothing to change about this card here.`,
} as const

export const paging = {
  first: '⏮',
  back: '◀',
  next: '▶',
  place: (page: number, pages: number): string => `${page} / ${pages}`,
} as const
