/** What /topics, /latest, /search, /quotes and a card's buttons say. Names and headlines are untrusted: they come in as values. */
import type { Topic } from '../../model.ts'
import { command, em, type Rich, rich, strong } from '../../rich.ts'
import { many } from './many.ts'

export const topics = {
  describe: 'The topics that I know, with all their names',
  title: (count: number): Rich => rich`🧭 ${many(count, 'topic', 'topics')}`,
  counted: rich`with the stories of the last 24 hours`,
  line: ({ emoji, name }: Pick<Topic, 'emoji' | 'name'>, names: number, stories: number): Rich =>
    rich`${emoji} ${strong(name)} · ${many(stories, 'story', 'stories')} · known by ${many(names, 'name', 'names')}`,
  placeholder: 'Show one…',
  none: rich`No topics are configured. ${command('subscribe')} takes keywords of your own.`,
  note: rich`${command('subscribe')} follows one, or keywords of your own.`,
  details: (emoji: string, name: string): Rich => rich`${emoji} ${name}`,
  unknown: rich`That topic is no longer here. ${command('topics')} lists those that are.`,
  unknownWayOut: rich`${command('topics')} lists those that I know; ${command('search')} finds any words.`,
  follow: 'Follow in this channel',
} as const

export const latest = {
  describe: 'The newest stories, of a topic or of all',
  topic: 'Only this topic',
  title: (name: string): Rich => rich`${name} · latest`,
  all: 'All topics',
  count: (today: number, total: number): Rich =>
    rich`${many(today, 'story', 'stories')} in the last 24 hours, ${total.toLocaleString('en')} in all`,
  none: (name: string): Rich => rich`No story on ${strong(name)} yet.`,
  noneAtAll: rich`No story yet.`,
  noneWayOut: rich`Feeds are read around the clock; ${command('status')} shows how they do.`,
  everything: 'Everything instead',
  open: 'Open a story as a card…',
} as const

export const search = {
  describe: 'Search everything that was read',
  words: 'Words, "exact phrases", prefix*',
  title: (typed: string, count: number): Rich => rich`🔎 “${typed}” · ${many(count, 'story', 'stories')}`,
  order: rich`newest first`,
  none: (typed: string): Rich => rich`No story has ${strong(typed)}.`,
  noneWayOut: rich`Try fewer words, or the beginning of one with a star, as in ${strong('sanction*')}.`,
  empty: rich`There is nothing to look for in that. Type a word with letters or digits in it.`,
  tooOld: rich`This search is too old. Run ${command('search')} again.`,
} as const

export const quotes = {
  describe: 'Who said what: quotes by a speaker or on a topic',
  speaker: 'Who said it',
  topic: 'Only from stories on this topic',
  title: (name: string): Rich => rich`💬 ${name}`,
  everyone: 'Everyone',
  none: (who: string): Rich => rich`No quotes by ${strong(who)} yet.`,
  noneOn: (topic: string): Rich => rich`No quotes on ${strong(topic)} yet.`,
  noneByOn: (who: string, topic: string): Rich => rich`No quotes by ${strong(who)} on ${strong(topic)} yet.`,
  noneAtAll: rich`No quotes yet.`,
  didYouMean: rich`Did you mean:`,
  otherTopics: rich`On any topic:`,
  searchInstead: 'Search stories instead',
  noneWayOut: rich`${command('search')} looks through the stories themselves.`,
  tooOld: rich`This list is too old. Run ${command('quotes')} again.`,
  storyTitle: (count: number): Rich => rich`💬 ${many(count, 'quote', 'quotes')} in this story`,
  storyNone: rich`No quote in this story has a speaker that I am sure of.`,
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
  muted: (what: string): Rich => rich`🔇 ${strong(what)} is muted in this channel for 24 hours.`,
  unmuted: (what: string): Rich => rich`🔔 ${strong(what)} is heard again in this channel.`,
  wrongOption: 'A quote is wrong? Choose it, and it is hidden here',
  hidden: rich`Thank you. The quote is hidden in this server, and the card is corrected.`,
  quoteGone: rich`That quote is no longer part of this story.`,
} as const

export const paging = {
  first: '⏮',
  back: '◀',
  next: '▶',
  place: (page: number, pages: number): string => `${page} / ${pages}`,
} as const
