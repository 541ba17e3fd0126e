import { findQuotes } from '../../../src/core/quotes.ts'

/** Answers `{ text }` with the quotes as the bot finds them; a speaker is the name, or '' where nobody is named. */
export function answer(question: Readonly<Record<string, unknown>>): object {
  const quotes = findQuotes(String(question['text']))
  return { quotes: quotes.map(({ text, start, end, speaker }) => ({ text, start, end, speaker: speaker?.name ?? '' })) }
}
