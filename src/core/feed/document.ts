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
    /** One an entry of the document, in its order: the same mark means the same entry, word for word. Entries whose marks were known are
     *  not among `items`, all others are. Missing for documents that have no marks, JSON's. */
    marks?: readonly string[]
  }>
