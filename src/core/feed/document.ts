import type { Item } from '../model.ts'
import type { FeedWishes } from './wishes.ts'

/** A feed's document, read. */
export type FeedDocument = FeedWishes &
  Readonly<{
    title: string
    titleHtml?: string // as an item's
    link: string
    language?: string
    items: readonly Item[]
  }>
