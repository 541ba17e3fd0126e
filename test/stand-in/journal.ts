/** What was asked of this Discord, in order, and what was wrong with it. Tests assert on it. */
import type { Problem } from './api-error.ts'

/** One request, answered or not. */
export type Entry = {
  /** From 1, in the order of arrival. */
  readonly n: number
  readonly at: number
  readonly method: string
  /** Without the base and the version: "/channels/123/messages". */
  readonly path: string
  readonly query: string
  /** "POST /channels/{channel_id}/messages", or the path where no route is known. */
  route: string
  body: unknown
  /** Undefined while it runs, and where no answer was given (a reset, a stall). */
  status: number | undefined
  code: number | undefined
  answer: unknown
  tookMs: number | undefined
  /** What it did: "message 123", "edited 123". Absent where it did nothing. */
  effect: string | undefined
  /** The fault that was played. */
  fault: string | undefined
}

/** Something that the bot must not do. */
export type Violation = Readonly<{
  n: number
  route: string
  rule: 'description' | 'limit' | 'mentions' | 'route' | 'id'
  problems: readonly Problem[]
}>

/** Enough for hours of a busy test; the oldest go first. */
const ENTRIES_MAX = 20_000

export type Journal = Readonly<{
  entries: Entry[]
  violations: Violation[]
  open(entry: Readonly<{ method: string; path: string; query: string }>): Entry
  clear(): void
}>

export function createJournal(now: () => number): Journal {
  const entries: Entry[] = []
  const violations: Violation[] = []
  let n = 0
  return {
    entries,
    violations,
    open: ({ method, path, query }) => {
      n += 1
      const unknown = { body: undefined, status: undefined, code: undefined, answer: undefined, tookMs: undefined }
      const entry: Entry = {
        n,
        at: now(),
        method,
        path,
        query,
        route: path,
        ...unknown,
        effect: undefined,
        fault: undefined,
      }
      entries.push(entry)
      if (entries.length > ENTRIES_MAX) entries.shift()
      return entry
    },
    clear: () => {
      entries.length = 0
      violations.length = 0
    },
  }
}
