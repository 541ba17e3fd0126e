import { expect, test } from 'vitest'
import { readPage } from '../../src/core/page.ts'

const SENTENCE = 'The ferry sails again on Sunday, the harbour office said, as it did before the winter. '

const read = (html: string, url = 'https://courier.example/news/ferry') => {
  const reading = readPage(html, { url })
  if (reading.kind === 'refused') throw new Error(`refused: ${reading.reason}`)
  return reading.page
}
const paragraphs = (html: string) => read(html).text.split('\n\n')
/** An article of six sentences with something in its middle. */
const around = (middle: string, head = '') => {
  const say = (n: number) => `<p>${n}. ${SENTENCE.repeat(3)}</p>`
  return `<html><head>${head}</head><body><article>${[1, 2, 3].map(say).join('')}${middle}${[4, 5, 6].map(say).join('')}</article></body></html>`
}
const said = (html: string) => paragraphs(html).filter((text) => !/^\d\. The ferry/.test(text))

test('JSON-LD stands in for a page that shows next to nothing', () => {
  const articleBody = `${SENTENCE.repeat(4).trim()}\n\n${SENTENCE.repeat(3).trim()}`
  const html = `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', articleBody })}</script><p>Loading the article, please wait.</p>`
  expect(read(html).text).toBe(articleBody)
})

test.each([
  ['tags', (text: string) => `<p>${text}</p>`],
  ['references for tags', (text: string) => `&lt;p&gt;${text}&lt;/p&gt;`],
  ['lines that end in tags', (text: string) => `${text}<br/><br/>`],
])('JSON-LD with %s stands in as text', (_, dress) => {
  const [one, other] = [SENTENCE.repeat(4).trim(), `Nobody & no one knew. ${SENTENCE.repeat(3).trim()}`]
  const articleBody = [one, other.replace('&', '&amp;')].map(dress).join('')
  const html = `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', articleBody })}</script><p>Loading the article, please wait.</p>`
  expect(read(html).text).toBe(`${one}\n\n${other}`)
})

test('JSON-LD that confirms the article is believed about what it lacks', () => {
  const page = around('<p>The company that runs the ferry also sells fine woollen blankets in its shop.</p>')
  const articleBody = paragraphs(page)
    .filter((text) => /^\d/.test(text))
    .join('\n')
  const script = `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', articleBody })}</script>`
  expect(said(page)).toHaveLength(1)
  expect(said(page.replace('<head>', `<head>${script}`))).toEqual([])
  const cut = JSON.stringify({ '@type': 'NewsArticle', articleBody: articleBody.slice(0, 500) })
  expect(said(page.replace('<head>', `<head><script type="application/ld+json">${cut}</script>`))).toHaveLength(1)
})
