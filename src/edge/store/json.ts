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

/** The nouns of those rows that can be read. */
export function readable<Row, Noun>(rows: readonly Row[], read: (row: Row) => Noun | undefined): readonly Noun[] {
  return rows.map(read).filter((noun) => noun !== undefined)
}
