import type { FeedReading } from '../../core/feed.ts'
import type { OpmlReading } from '../../core/opml.ts'
import type { ArticleJob, ArticleReading, FeedBytes, PageBytes } from '../../flow/ports.ts'

/** What a child can be asked, by name: what goes in, and what comes out. */
export type Tasks = {
  readFeed: [FeedBytes, FeedReading]
  readArticle: [ArticleJob, ArticleReading]
  readOpml: [PageBytes, OpmlReading]
  candidateFeeds: [PageBytes, Readonly<{ kind: 'read'; urls: readonly string[] }>]
}
export type TaskName = keyof Tasks

export type Job = Readonly<{ [Name in TaskName]: { name: Name; input: Tasks[Name][0] } }[TaskName]>

/** What the parent says to a child. */
export type ToChild = Readonly<
  | { kind: 'jobs'; jobs: readonly Job[] }
  /** Who else there is, for the day when the parent is gone and a sibling is too busy to notice. */
  | { kind: 'siblings'; pids: readonly number[] }
>

/** What a child says to its parent. `values`: what each job's task gives, in their order; `rssBytes` stands there where the child
 *  looked. `failed`: one of them threw, and nothing is said of the others. */
export type ToParent = Readonly<
  | { kind: 'ready' }
  | { kind: 'done'; values: readonly unknown[]; rssBytes?: number }
  | { kind: 'failed'; error: string }
>

/** Of this size a feed is read in less time than it takes to wake a child for it: several go together. */
export const SMALL_BYTES = 64 * 1024

export function bytesIn({ input }: Job): number {
  return ('bytes' in input ? input.bytes : input.page?.bytes)?.length ?? 0
}
