import { splitSentences } from '../sentences.ts'

const PARAGRAPH_CHARS_MAX = 4000 // a text without paragraphs is not split whole for one sentence
const SENTENCE_CHARS_MAX = 500 // what is longer is no sentence but a list or a table

/** The sentence of a text that a place stands in, trimmed; around the place where it has no end.
 *  @param start - UTF-16 offset of the place */
export function sentenceAt(text: string, start: number): string {
  const from = Math.max(text.lastIndexOf('\n\n', start) + 1, start - PARAGRAPH_CHARS_MAX, 0)
  const blank = text.indexOf('\n\n', start)
  const to = Math.min(blank < 0 ? text.length : blank, start + PARAGRAPH_CHARS_MAX)
  const paragraph = text.slice(from, to)
  const at = start - from
  const sentence = splitSentences(paragraph).find((one) => one.end > at)
  const whole = sentence ?? { text: paragraph, start: 0 }
  return shortened(whole.text, at - whole.start).trim()
}

/** Whole words around the place. */
function shortened(sentence: string, at: number): string {
  if (sentence.length <= SENTENCE_CHARS_MAX) return sentence
  const from = Math.max(0, Math.min(at - SENTENCE_CHARS_MAX / 2, sentence.length - SENTENCE_CHARS_MAX))
  const to = from + SENTENCE_CHARS_MAX
  const first = from === 0 ? 0 : sentence.indexOf(' ', from) + 1
  const last = to === sentence.length ? to : sentence.lastIndexOf(' ', to)
  const cut = first <= at && last > at ? sentence.slice(first, last) : sentence.slice(from, to).toWellFormed()
  return `${from > 0 ? '…' : ''}${cut.trim()}${to < sentence.length ? '…' : ''}`
}
