/** Every sentence that a user reads, in English: one room a subject. A second language is the same shape. */
import { card } from './en/card.ts'
import {
  cardMenu,
  feeds,
  help,
  latest,
  paging,
  quotes,
  rhythms,
  search,
  status,
  styles,
  subscribe,
  subscriptions,
  topics,
  unsubscribe,
  words,
} from './en/commands.ts'
import { errors } from './en/errors.ts'
import { notices } from './en/notices.ts'
import { web } from './en/web.ts'

export const en = {
  card,
  cardMenu,
  errors,
  feeds,
  help,
  latest,
  notices,
  paging,
  quotes,
  rhythms,
  search,
  status,
  styles,
  subscribe,
  subscriptions,
  topics,
  unsubscribe,
  web,
  words,
} as const
