/** What the suite may do to the bot's process: from its start by the environment, later by a message. */

export type Faults = Readonly<{
  /** Its wall clock is so far ahead of the machine's. */
  aheadMs?: number
  /** It dies at the n-th pass of this point. */
  point?: Readonly<{ name: string; nth: number }>
  /** The n-th statement from now on fails with this code of SQLite, and the next ones of the same words: `times` in all. */
  sql?: Readonly<{ nth: number; code: number; writesOnly?: boolean; times?: number }>
  /** Ticks by their names, and when they come instead: known at the start. */
  ticks?: Readonly<Record<string, string>>
  /** The database may grow by so many pages more; null lifts it. */
  morePages?: number | null
}>

/** What it says of them: the statement that failed. */
export type FaultSeen = Readonly<{ fired: string }>
