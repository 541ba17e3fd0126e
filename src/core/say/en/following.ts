/** What /subscribe, /unsubscribe and /subscriptions say. Names and keywords are untrusted: they come in as values. */
import type { ChannelId, Rhythm, Style } from '../../model.ts'
import { ago, channel as channelPart, code, command, joined, type Rich, rich, strong } from '../../rich.ts'
import { many } from './many.ts'

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

const listed = (names: readonly string[], more: number): Rich =>
  rich`${joined(
    names.map((name) => [code(name)]),
    ', ',
  )}${more > 0 ? ` and ${more} more` : ''}`

export const subscribe = {
  describe: 'Get alerts in a channel: a topic, your own keywords, or a whole feed',
  topic: 'A topic that I know',
  words: 'Your own keywords, parted by commas: "exact phrase", -not, +must, prefix*',
  feed: 'Only this feed; without keywords: everything it brings',
  channel: 'Where to post. Default: this channel',
  nothing: rich`Tell me what to follow: a ${code('topic')}, your own ${code('words')}, or a whole ${code('feed')}.`,
  nothingWayOut: rich`${command('topics')} lists the topics, ${command('feeds list')} the feeds.`,
  both: rich`A topic and keywords of your own make two subscriptions. Which one first?`,
  onlyTopic: 'The topic',
  onlyWords: 'My keywords',
  noTopic: (typed: string): Rich => rich`I know no topic ${strong(typed)}.`,
  noFeed: (typed: string): Rich => rich`I know no feed ${strong(typed)} here.`,
  feedWayOut: rich`${command('feeds list')} lists the feeds; ${command('feeds add')} adds one by its address.`,
  didYouMean: rich`Did you mean:`,
  asWords: (typed: string): string => `Follow “${typed}” as a keyword`,
  everything: (feed: string): Rich => rich`everything from ${strong(feed)}`,
  quotesBy: (name: string): Rich => rich`quotes by ${strong(name)}`,
  oneStory: rich`one story`,
  yourMessages: rich`your direct messages`,
  only: (feeds: readonly string[]): Rich => rich` in ${feeds.join(', ')}`,
  noChannel: rich`That channel is not in this server, or I cannot post in a channel of its kind.`,
  noChannelWayOut: rich`Choose another one; whatever else you chose is kept.`,
  youMayNotPost: (id: ChannelId): Rich =>
    rich`You may not post in ${channelPart(id)} yourself, so I will not do it for you.`,
  lacking: (id: ChannelId, missing: readonly string[]): Rich =>
    rich`${strong('I can’t post in')} ${channelPart(id)} ${strong('yet.')} I am missing ${joined(
      missing.map((one) => [strong(one)]),
      ', ',
    )} there.`,
  lackingWayOut: rich`Open the channel’s settings → Permissions, add me and allow these. Then press Check again: your choices are kept.`,
  checkAgain: 'Check again',
  elsewhere: 'Or post in another channel…',
  question: (id: ChannelId, what: Rich): Rich => rich`Subscribe ${channelPart(id)} to ${what}?`,
  matches: (terms: readonly string[], more: number): Rich => rich`Matches ${listed(terms, more)}`,
  excludes: (terms: readonly string[], more: number): Rich => rich`not ${listed(terms, more)}`,
  wouldHave: (cards: number, articles: number): Rich => {
    const merged =
      articles > cards
        ? ` (${many(articles, 'article', 'articles')}, ${articles - cards} merged as the same story)`
        : ''
    return rich`${strong(`In the last 24 hours this would have posted ${many(cards, 'card', 'cards')}`)}${merged}`
  },
  wouldHaveNone: rich`${strong('In the last 24 hours this would have posted nothing.')} That may be right; the next match will come all the same.`,
  feedIsNew: rich`This feed was only just added, so there is nothing to try it on yet. What it brings from now on is posted.`,
  capped: (count: number): Rich => rich`Counted over the newest ${many(count, 'article', 'articles')} only.`,
  more: (count: number, busiest: Rich): Rich => rich`and ${count} more${busiest}`,
  busiest: (at: Rich, cards: number): Rich => rich` · busiest hour ${at} with ${many(cards, 'card', 'cards')}`,
  confirm: 'Subscribe',
  editWords: 'Edit keywords',
  ownWordsInstead: 'Own keywords instead',
  onlyKeywords: 'Only some keywords',
  showAll: (count: number): string => `Show all ${count}`,
  cancel: 'Cancel',
  cancelled: rich`Nothing was subscribed. ${command('subscribe')} begins anew.`,
  tooOld: rich`This proposal is too old. Run ${command('subscribe')} again.`,
  done: (id: ChannelId, what: Rich, rhythm: Rhythm): Rich =>
    rich`✅ ${channelPart(id)} ${strong('now gets')} ${what} – ${rhythms[rhythm].toLowerCase()}`,
  doneNote: rich`The first alert comes with the next story that matches.`,
  already: (id: ChannelId, what: Rich): Rich => rich`${channelPart(id)} already gets ${what}.`,
  openIt: 'Open it',
  full: (max: number): Rich =>
    rich`This server has ${many(max, 'subscription', 'subscriptions')}, which is the most I keep. ${command('unsubscribe')} makes room.`,
  patternsFull: (count: number, max: number): Rich =>
    rich`That would make ${count} patterns in this server; I take ${max}, since each of them runs over every article. Words and ${code('prefix*')} are as good as free.`,
  postLatest: 'Post the latest one now',
  settings: 'Settings',
  undo: 'Undo',
  undone: rich`Undone: nothing is subscribed.`,
  undoTooLate: rich`Ten minutes have passed. ${command('unsubscribe')} removes it.`,
  postedLatest: (headline: string): Rich => rich`📨 On its way: ${strong(headline)}`,
  noLatest: rich`No story of the last seven days matches. The next one that does is posted.`,
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
  chooseOne: rich`Choose one of these:`,
  more: (shown: number, all: number): Rich =>
    rich`${shown} of ${all} are listed; type a part of its name behind ${command('unsubscribe')} for any other.`,
  placeholder: 'Choose a subscription…',
  unknown: rich`There is no such subscription in this server.`,
  done: (what: Rich, where: Rich): Rich => rich`${where} no longer gets ${what}.`,
  undone: (what: Rich): Rich => rich`Undone: ${what} goes on as before.`,
  undoTooLate: rich`Ten minutes have passed. ${command('subscribe')} makes it anew.`,
} as const

export const subscriptions = {
  describe: 'What this server follows: edit, pause, move, test',
  title: (count: number): Rich => rich`🔔 ${many(count, 'subscription', 'subscriptions')}`,
  none: rich`This server follows nothing yet.`,
  noneWayOut: rich`${command('subscribe')} starts with a topic or your own keywords; ${command('topics')} lists the topics.`,
  placeholder: 'Open one…',
  paused: rich`⏸️ paused`,
  line: (what: Rich, where: Rich, rhythm: Rhythm): Rich => rich`${what} → ${where} · ${rhythms[rhythm].toLowerCase()}`,
  created: (at: number): Rich => rich`made ${ago(at)}`,
  perDay: (max: number): Rich => rich`at most ${many(max, 'card', 'cards')} a day, the rest as a list`,
  pause: 'Pause',
  resume: 'Resume',
  test: 'Send a test',
  remove: 'Remove',
  back: 'All subscriptions',
  move: 'Move to another channel…',
  rhythm: 'How often…',
  style: 'How it looks…',
  testSent: (where: Rich): Rich => rich`📨 A test is on its way to ${where}.`,
  changed: rich`✅ Saved.`,
} as const
