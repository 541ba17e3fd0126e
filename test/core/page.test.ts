import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPage } from '../../src/core/page.ts'

const GOLDEN = new URL('../golden/pages/', import.meta.url)
const SHARED = new URL('../../../shared/', import.meta.url)
const source = { url: 'https://courier.example/news/lighthouse-vote?from=feed' }
const SENTENCE = 'The ferry sails again on Sunday, the harbour office said, as it did before the winter. '

const read = (html: string, url = source.url) => {
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

test.each(readdirSync(GOLDEN).filter((name) => name.endsWith('.html')))(
  '%s reads as its text stands beside it',
  (name) => {
    const expected = readFileSync(new URL(name.replace('.html', '.txt'), GOLDEN), 'utf8').trim()
    expect(read(readFileSync(new URL(name, GOLDEN), 'utf8')).text).toBe(expected)
  },
)

test('a page tells its address, title, outlet, author, date, language and image', () => {
  const { text: _, quoted: __, ...metadata } = read(readFileSync(new URL('news.html', GOLDEN), 'utf8'))
  expect(metadata).toEqual({
    url: 'https://courier.example/news/lighthouse-vote',
    title: 'Harbour council votes to keep the old lighthouse open',
    outlet: 'The Marlow Courier',
    author: 'Ottoline Vance',
    publishedAt: Date.parse('2026-03-11T18:20:00+01:00'),
    language: 'en',
    image: 'https://courier.example/img/lighthouse-1200.jpg',
  })
})

test.each([
  ['a caption with an agency in brackets', '<p>The ferry at the pier on Monday. (AFP Photo)</p>'],
  ['a caption with its credit behind it', '<div>The ferry at the pier. Photo: Ines Calloway</div>'],
  ['a caption without a full stop', '<div>The ferry at the pier on a grey morning Credit: Ines Calloway</div>'],
  ['a French credit', '<p>Le ferry au quai (Crédit photo : Inès Calloway)</p>'],
  [
    'a figure’s caption',
    '<figure><img src="a.jpg"><figcaption>The ferry, as its builders meant it to look one day.</figcaption></figure>',
  ],
  ['a line that leads away', '<p><a href="/b">Why the ferry stopped last autumn</a></p>'],
  [
    'a line that leads away, with a word before it',
    '<p>Related: <a href="/b">Why the ferry stopped last autumn</a></p>',
  ],
  ['an invitation', '<p>Sign up for our newsletter and never miss a ferry again, wherever you are.</p>'],
  ['a German invitation', '<p>Lesen Sie auch: Warum die Fähre im Herbst stillstand</p>'],
  ['a Russian invitation', '<p>Подписывайтесь на наш канал, чтобы ничего не пропустить.</p>'],
  ['a byline', '<p>By Ottoline Vance and Ambrose Pettifer</p>'],
  ['a date', '<p>March 11, 2026 6:20 PM GMT+01:00</p>'],
  ['a German date', '<p>11. März 2026, 18:20 Uhr</p>'],
  ['minutes to read', '<p>4 min read</p>'],
  ['an advertisement’s label', '<p>Advertisement</p>'],
  ['rules about copyright', '<p>© 2026 The Marlow Courier</p>'],
  [
    'share buttons by their class',
    '<div class="article-share-bar"><p>Share this with somebody who would like to know about it</p></div>',
  ],
  [
    'a newsletter by its id',
    '<div id="newsletterSignup"><p>Every morning at seven, in your inbox, and free of charge.</p></div>',
  ],
  [
    'a box beside the text',
    '<aside><p>The ferry was built in 1961 and has carried two million people since.</p></aside>',
  ],
  ['what is hidden', '<p style="display: none">Nobody is meant to see this line, and nobody does see it.</p>'],
  [
    'what is hidden from readers aloud',
    '<p aria-hidden="true">Nobody is meant to hear this line, and nobody does.</p>',
  ],
  ['buttons that stand again and again', '<p>Check times</p><p>Check times</p><p>Check times</p>'],
  [
    'a teaser that is one link',
    '<a href="/c"><div><h3>Herring are back</h3><p>Catches have doubled since the autumn.</p></div></a>',
  ],
  ['a box of related articles', '<h3>Related articles</h3><ul><li><a href="/a">Storm closes the mole</a></li></ul>'],
  [
    'a heading with nothing below',
    '<h2>Gallery</h2><h2 id="x"></h2><h2>Map</h2><h2>Timetable</h2><figure></figure><h2> </h2>',
  ],
  ['a line of a meta box', '<div class="story-meta"><span>Harbour desk, Marlow</span></div>'],
  [
    'a teaser in an article of its own',
    '<article><h4>Herring are back</h4><p>Catches have doubled since the autumn, to the surprise of everyone who counts them.</p></article>',
  ],
  ['an excerpt', '<p>Catches have doubled since the autumn, to the surprise of [&hellip;]</p>'],
  [
    'excerpts in a row',
    '<h4>Herring</h4><p>Catches have doubled since the autumn, to the surprise of everyone who cou...</p>'.repeat(3),
  ],
  ['signs without words', '<p>* * *</p>'],
])('%s is no part of the text', (_, middle) => {
  // The last heading of a row of orphans has the paragraph that follows: it stays.
  expect(said(around(middle)).filter((text) => text !== 'Timetable')).toEqual([])
})

test.each([
  ['a sentence that begins like a label', 'Comments from the ministry were not to be had on Wednesday evening.'],
  [
    'a sentence that begins like an invitation',
    'Subscribers to the ferry’s season ticket will get a tenth of it back.',
  ],
  ['a sentence that begins with By', 'By Monday the pier had been mended, the office said.'],
  ['a sentence that ends in a bracket', 'The ferry is run by the Northern Water Company (NWC).'],
  ['a sentence about a photo', 'She held up a photo of the ferry and asked who had taken it.'],
  ['a short answer', '“Never,” he said.'],
  ['a sentence that begins with the letters of an invitation', 'Sign upkeep costs the town 4,000 crowns a year.'],
  ['a report in brackets', 'Two reports disagree about the cause (AP 2019).'],
  ['a sentence that breaks off', 'And then, when nobody expected it any more, the old ferry came round the mole…'],
  ['a list of media in brackets', 'The archive keeps what people bring (images, films, letters).'],
  ['a year in brackets', 'Two reports disagree about the cause (Calloway 2019).'],
])('%s stays', (_, sentence) => {
  expect(said(around(`<p>${sentence}</p>`))).toEqual([sentence])
})

test('headings, list items and rows of a table are paragraphs of their own', () => {
  const middle =
    '<h2>Times</h2><ul><li>at nine in the morning</li><li>at <b>four</b></li></ul><table><tr><td>Sunday</td><td>twice</td></tr></table>'
  expect(said(around(middle))).toEqual(['Times', 'at nine in the morning', 'at four', 'Sunday twice'])
})

test('labels between a headline in plain letters and the first sentence go', () => {
  const head = 'Ferry sails again after a winter in which nobody thought it would'
  const page = around('').replace('<article>', `<article><p>${head}</p><p>Photo desk</p>`)
  expect(said(page)).toEqual([head])
})

test('rows at the end of the text are no labels', () => {
  const table = '<table><tr><td>Sunday</td><td>twice</td></tr><tr><td>Monday</td><td>once</td></tr></table>'
  expect(said(around('').replace('</article>', `${table}</article>`))).toEqual(['Sunday twice', 'Monday once'])
})

test.each([
  [
    'what a site names for its neighbours',
    '<div class="has-share no-comments"><p>Nobody was on board at the time.</p></div>',
  ],
  [
    'what a site names for its looks',
    '<div class="[&_nav]:hidden hover:share"><p>Nobody was on board at the time.</p></div>',
  ],
  [
    'a slug as a heading’s id',
    '<h3 id="share-of-the-harbour">A share of the harbour</h3><p>Nobody was on board at the time.</p>',
  ],
])('%s is no chrome', (_, middle) => {
  expect(said(around(middle)).at(-1)).toBe('Nobody was on board at the time.')
})

const OTHER = 'Waves of five metres are expected by the weekend, the coast guard warned on Tuesday morning.'
test.each([
  ['a heading that ends an article', `<h2>About the author</h2><p>${OTHER}</p>`],
  [
    'a heading over linked headings',
    `<h2>Related stories</h2><h3><a href="/a">Storm closes the mole</a></h3><p>${OTHER}</p><h3><a href="/b">Herring are back</a></h3><p>${OTHER} Or so.</p>`,
  ],
])('late in a page, %s takes all below it along', (_, late) => {
  expect(said(around('').replace('</article>', `${late}</article>`))).toEqual([])
})

test('early in a page, such a heading takes no paragraph along', () => {
  const page = around('').replace('<article>', `<article><p>0. ${SENTENCE.repeat(3)}</p><h2>About the author</h2>`)
  expect(paragraphs(page)).toHaveLength(7)
})

test('a lead in a box of its own is part of the text, and what stands above the title is not', () => {
  const lead = `<div><p>${OTHER}</p></div><div><h1>Ferry sails</h1><p>The old ferry is back on its old route, to the joy of nearly everyone.</p></div>`
  const page = around('').replace('<article>', `${lead}<article>`)
  expect(said(page)).toEqual(['The old ferry is back on its old route, to the joy of nearly everyone.'])
})

test('what stands beside the box that a page calls its article is none of it', () => {
  const beside = `<div>${[1, 2, 3, 4].map((n) => `<p>Another matter ${n}. ${OTHER.repeat(3)}</p>`).join('')}</div>`
  const page = around('').replace('<article>', '<div class="entry-content">').replace('</article>', `</div>${beside}`)
  expect(said(page)).toEqual([])
})

test('comments in one long box go, be they ever so many', () => {
  const comments = `<div id="comments">${Array.from({ length: 40 }, (_, n) => `<p>I say ${n} times: ${OTHER}</p>`).join('')}</div>`
  expect(said(around('').replace('</article>', `${comments}</article>`))).toEqual([])
})

test('a page that names every paragraph wrongly still gives its text', () => {
  const wrong = around('').replaceAll('<p>', '<div class="share-item"><p>').replaceAll('</p>', '</p></div>')
  expect(paragraphs(wrong)).toHaveLength(6)
})

test('a quotation set as a heading is a paragraph, also before the next heading', () => {
  const quote = '“A town that lets its light go out has given up on the sea.”'
  expect(said(around(`<h2>${quote}</h2><h2>Times</h2><p>At nine.</p>`))).toEqual([quote, 'Times', 'At nine.'])
})

test('links that a sentence announces stay, and others go', () => {
  const list = '<ul><li><a href="/a">The estimate</a></li><li><a href="/b">The minutes</a></li></ul>'
  expect(
    said(around(`<p>The council put two papers before its members:</p>${list}<p>Both are public.</p>${list}`)),
  ).toEqual(['The council put two papers before its members:', 'The estimate', 'The minutes', 'Both are public.'])
})

test('white space is one space, and what only guides the breaking of lines is gone', () => {
  expect(said(around('<p>Leucht&shy;turm&nbsp;und\n  Ha&#8203;fen&zwnj;.</p>'))).toEqual([
    'Leuchtturm und Hafen\u200c.',
  ])
})

test('a long text that stands twice is told once', () => {
  const quote = '“A town that lets its light go out has given up on the sea,” she said on Wednesday.'
  expect(said(around(`<div>${quote}</div><p>${quote}</p>`))).toEqual([quote])
})

test('what speaks of the author goes, and the author as a speaker stays', () => {
  const head = '<meta name="author" content="Ottoline Vance">'
  const bio = '<p>Ottoline Vance is a reporter who covers the harbour.</p>'
  const page = around('<p>Ottoline Vance said no.</p>', head).replace('</article>', `${bio}</article>`)
  expect(said(page)).toEqual(['Ottoline Vance said no.'])
})

test('a page that names its article wrongly still gives its text', () => {
  const wrong = around('').replace('<article>', '<div class="comments sidebar advert">').replace('</article>', '</div>')
  expect(paragraphs(wrong)).toHaveLength(6)
})

test('what hides until its script has run is read', () => {
  const hidden = around('', '<title>Loading, please wait while we fetch the article that you asked for.</title>')
    .replace('<article>', '<div style="visibility: hidden">')
    .replace('</article>', '</div>')
  expect(paragraphs(hidden)).toHaveLength(6)
})

test('a stub before a paywall is read as the short text that it is', () => {
  const stub = `<article><h1>Ferry sails</h1><p>${SENTENCE}</p><div class="paywall"><p>Subscribe to read on.</p></div></article>`
  expect(read(stub).text).toBe(SENTENCE.trim())
})

test('an article that speaks of browsers and robots is no challenge page', () => {
  const page = around('<p>Verify you are human, the machine told the clerk, who was not amused at all.</p>')
  expect(read(page).text).toContain('Verify you are human')
})

const seed = new URL('seed/article.txt', SHARED)
test.skipIf(!existsSync(seed)).each(['p', 'div'])(
  'the seed article comes out without its chrome, its lines in <%s>',
  (tag) => {
    const lines = readFileSync(seed, 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
    const title = lines.find((line) => line.startsWith('NATO chief')) ?? ''
    const html = `<head><title>${title}</title></head>${lines.map((line) => `<${tag}>${line}</${tag}>`).join('\n')}`
    const shown = paragraphs(html)
    const twice = lines.filter((line, n) => lines.indexOf(line) !== n)
    expect(twice.length).toBeGreaterThan(3)
    for (const line of [...twice, title, lines.at(-1)]) expect(shown).not.toContain(line)
    expect(shown.join('\n')).not.toMatch(/AFP|newsletters|BigPhoto|Instagram|GMT/)
    // All the rest is the article.
    const chrome = new Set([...twice, title, lines.at(-1)])
    expect(shown).toEqual(
      lines.filter((line) => !chrome.has(line) && (line.length > 60 || /^(?:Europe seeks|Russia rejects)/.test(line))),
    )
  },
)
