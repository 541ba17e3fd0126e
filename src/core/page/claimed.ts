import { parseHTML } from 'linkedom'
import { decodeEntities } from '../feed/entities.ts'
import { looksLikeHtml } from '../feed/text.ts'
import { walkBlocks } from './blocks.ts'
import { wordsKey } from './key.ts'
import { scanPage } from './scan.ts'

const CLAIM_CHARS_MIN = 400 // shorter ones are a teaser
const CLAIM_CHARS_MAX = 150_000 // a long read has 40,000
const PARAGRAPHS_MAX = 800 // with the claim's bound, what a comparison may cost
const SENTENCE_CHARS = 60 // shorter lines are headings and list items, which claims often leave out
const CONFIRMED_SHARE = 0.9 // of the sentences: then the claim is whole, and what it lacks is no part of the article

/** What a page shows, against the text that its JSON-LD claims (`articleBody`). A claim with twice the text stands for a page that
 *  shows hardly any without its script; one that holds nearly all that is shown is believed about the rest: captions, teasers and
 *  biographies are not in it. Many claims are cut short, and then say nothing.
 *  @param shown - paragraphs as read from the page
 *  @param claimed - '' where there is none */
export function againstClaim(shown: readonly string[], claimed: string): readonly string[] {
  if (claimed.length < CLAIM_CHARS_MIN || claimed.length > CLAIM_CHARS_MAX) return shown
  if (claimed.length > charsOf(shown) * 2) {
    const paragraphs = paragraphsOf(claimed)
    // What a claim in HTML has besides its tags may be little.
    return charsOf(paragraphs) > charsOf(shown) * 2 ? paragraphs : shown
  }
  if (shown.length > PARAGRAPHS_MAX) return shown
  const key = wordsKey(claimed)
  const missing = new Set(shown.filter((text) => text.length >= SENTENCE_CHARS && !key.includes(wordsKey(text))))
  const sentences = shown.filter((text) => text.length >= SENTENCE_CHARS)
  const confirmed = 1 - charsOf([...missing]) / charsOf(sentences)
  return confirmed >= CONFIRMED_SHARE ? shown.filter((text) => !missing.has(text)) : shown
}

function charsOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0)
}

/** Some claims are HTML, with tags or with references for them. */
function paragraphsOf(text: string): readonly string[] {
  const html = text.includes('<') ? text : decodeEntities(text)
  if (html.includes('<') && looksLikeHtml(html)) {
    const scan = scanPage(html)
    return scan.kind === 'refused'
      ? []
      : walkBlocks(parseHTML(scan.markup).document.body).blocks.map((block) => block.text)
  }
  return html
    .split('\n')
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
}
