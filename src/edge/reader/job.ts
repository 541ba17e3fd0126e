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

/** What the parent says to a child. */
export type ToChild = Readonly<
  | { [Name in TaskName]: { kind: 'job'; name: Name; input: Tasks[Name][0] } }[TaskName]
  /** Who else there is, for the day when the parent is gone and a sibling is too busy to notice. */
  | { kind: 'siblings'; pids: readonly number[] }
>

export type Job = Extract<ToChild, { kind: 'job' }>

/** What a child says to its parent. `value` is what the job's task gives; `rssBytes` stands there where the child looked. */
export type ToParent = Readonly<
  { kind: 'ready' } | { kind: 'done'; value: unknown; rssBytes?: number } | { kind: 'failed'; error: string }
>
