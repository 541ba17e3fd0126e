/** Bodies are JSON texts of nouns. Rows are trusted, but a damaged one must not take others with it. */

/** Undefined for a text that is no JSON. */
export function fromJson<Noun>(text: string | null | undefined): Noun | undefined {
  if (text === null || text === undefined) return undefined
  try {
    return JSON.parse(text) as Noun
  } catch {
    return undefined
  }
}

/** Undefined for what is no JSON, or of something else: it lacks one of these members. */
export function nounIn<Noun extends object>(
  text: string | null | undefined,
  ...members: readonly (keyof Noun & string)[]
): Noun | undefined {
  const noun = fromJson<Noun>(text)
  if (typeof noun !== 'object' || noun === null) return undefined
  return members.every((member) => noun[member] !== undefined && noun[member] !== null) ? noun : undefined
}

/** The nouns of those rows that can be read. */
export function readable<Row, Noun>(rows: readonly Row[], read: (row: Row) => Noun | undefined): readonly Noun[] {
  return rows.map(read).filter((noun) => noun !== undefined)
}
