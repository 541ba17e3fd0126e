import { summarize } from '../../../src/core/summary.ts'

/** Asks for as many sentences as the scorer wants, within what a card has room for. */
export function answer({ text, sentences }: Readonly<Record<string, unknown>>): object {
  return { summary: summarize(String(text), { sentences: Number(sentences) }) }
}
