import { readPage } from '../../../src/core/page.ts'

/** Answers `{ html, url }` with the article's text as the bot reads it; '' for a page that it refuses. */
export function answer({ html, url }: Readonly<Record<string, unknown>>): object {
  const reading = readPage(String(html), { url: String(url) })
  return { text: reading.kind === 'read' ? reading.page.text : '' }
}
