/** Every sentence that a user reads, in English: one room a subject. A second language is the same shape. */
import { card } from './en/card.ts'
import { errors } from './en/errors.ts'
import { rhythms, styles, subscribe, subscriptions, unsubscribe, words } from './en/following.ts'
import { health } from './en/health.ts'
import { feeds, help, status } from './en/house.ts'
import { notices } from './en/notices.ts'
import { privacy } from './en/privacy.ts'
import { cardMenu, latest, paging, quotes, search, topics } from './en/reading.ts'
import { web } from './en/web.ts'

export const en = {
  // Following
  subscribe,
  unsubscribe,
  subscriptions,
  rhythms,
  styles,
  words,
  // Reading
  topics,
  latest,
  search,
  quotes,
  card,
  cardMenu,
  paging,
  // The house
  feeds,
  health,
  status,
  privacy,
  help,
  notices,
  web,
  errors,
} as const
