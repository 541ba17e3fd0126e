import { createRequire } from 'node:module'
import { Readability } from '@mozilla/readability'
import { Defuddle } from 'defuddle/node'
import { parseHTML } from 'linkedom'
import type { PageFile } from './samples.ts'

/** Readability 0.6 on linkedom, and nothing else. */
export function readability({ html }: PageFile): string {
  const { document } = parseHTML(html)
  // It needs a body with something in it, and throws where there is none.
  if (!document.documentElement || !document.body) return ''
  return new Readability(document).parse()?.textContent ?? ''
}

/** Defuddle on linkedom. */
export async function defuddle({ html, url }: PageFile): Promise<string> {
  const { document } = parseHTML(html)
  try {
    return (await Defuddle(document, url)).content
  } catch {
    return '' // a page that it cannot read costs what it took
  }
}

type Summarizer = Readonly<{ getSummaryByFrequency(): Readonly<{ summary: string }> }>
type SummarizerPackage = Readonly<{ SummarizerManager: new (text: string, sentences: number) => Summarizer }>
const require = createRequire(import.meta.url)
const { SummarizerManager } = require('node-summarizer') as SummarizerPackage

/** node-summarizer's summary by frequency, three sentences; its other one (by rank) needs files that a script would make when it
 *  is installed, and such scripts do not run here. */
export function nodeSummarizer(text: string): string {
  return new SummarizerManager(text, 3).getSummaryByFrequency().summary
}
