import { describe, expect, test } from 'vitest'
import { readArticle } from '../../src/core/article.ts'
import type { FeedId, FeedSource, Item } from '../../src/core/model.ts'
import { readPage } from '../../src/core/page.ts'

const URL = 'https://herald.example/news/pier'
const SENTENCE = 'The ferry sails again on Sunday, the harbour office of Little Pell said on Friday, as it did before. '
const html = (body: string, head = '') =>
  `<!doctype html><html><head><title>Pier</title>${head}</head><body>${body}</body></html>`
const paragraphs = (...texts: readonly string[]) =>
  `<article>${texts.map((text) => `<p>${text}</p>`).join('')}</article>`
const named = (page: string, url = URL) => {
  const reading = readPage(page, { url })
  return reading.kind === 'refused' ? reading.reason : reading.page.walled ? 'walled' : 'article'
}

describe('a page that is a bot protection’s', () => {
  test.each([
    ['Cloudflare’s, by its script', '<p>Just a moment</p><script>window._cf_chl_opt={}</script>'],
    ['Vercel’s, by its title', '<p>We look at you.</p>'],
    ['one that checks the browser', '<p>Checking your browser before you reach herald.example.</p>'],
    ['a German one', '<p>Bitte bestätigen Sie, dass Sie ein Mensch sind.</p>'],
    ['a French one', '<p>Vérifiez que vous êtes humain pour continuer.</p>'],
    ['a Ukrainian one', '<p>Підтвердіть, що ви не робот, щоб продовжити.</p>'],
    ['a Japanese one', '<p>あなたが人間であることを確認します。</p>'],
  ])('is named: %s', (name, body) => {
    const head = name.startsWith('Vercel') ? '</title><title>Vercel Security Checkpoint</title>' : ''
    expect(named(html(body, head))).toBe('challenge page')
  })

  test('is none where an article speaks of such pages', () => {
    const about = 'Many sites ask visitors to verify you are human, Ada Quill said. '
    expect(named(html(paragraphs(about.repeat(5), `One. ${SENTENCE.repeat(4)}`, `Two. ${SENTENCE.repeat(4)}`)))).toBe(
      'article',
    )
  })
})

describe('a page that asks for consent', () => {
  test.each([
    ['English', 'We and our partners use cookies and personal data to show ads. Do you accept all of them?'],
    [
      'German',
      'Wir und unsere Partner verwenden Cookies. Mit Ihrer Einwilligung werden personenbezogene Daten verarbeitet.',
    ],
    ['French', 'Nous et nos partenaires utilisons des cookies avec votre consentement, et vos données personnelles.'],
    ['Spanish', 'Nosotros y nuestros socios utilizamos cookies con su consentimiento para tratar datos personales.'],
    ['Italian', 'Noi e i nostri partner utilizziamo cookie con il tuo consenso per trattare dati personali.'],
    ['Dutch', 'Wij en onze partners gebruiken cookies met uw toestemming en verwerken persoonsgegevens.'],
    ['Polish', 'My i nasi partnerzy używamy plików cookie za twoją zgodą i przetwarzamy dane osobowe.'],
    ['Russian', 'Мы и наши партнеры используем файлы cookie с вашего согласия и обрабатываем персональные данные.'],
  ])('is named by its words: %s', (_language, text) => {
    expect(named(html(paragraphs(`${text} ${text}`, text)))).toBe('consent page')
  })

  test.each([
    'https://consent.herald.example/collect?back=pier',
    'https://herald.example/cookie-wall?next=%2Fpier',
    'https://guce.herald.example/copyConsent',
  ])('is named by where the site led us: %s', (url) => {
    expect(named(html(paragraphs('Before you go on, choose what you like.', SENTENCE)), url)).toBe('consent page')
  })

  test('is none where a banner was read along with an article', () => {
    const banner = 'We and our partners use cookies and your personal data, if you consent.'
    expect(named(html(paragraphs(banner, SENTENCE.repeat(3), SENTENCE.repeat(3))))).toBe('article')
  })

  test('is none where an article reports of one', () => {
    const report = 'A court in Norrvik ruled that cookies without consent break the law on personal data. '
    expect(named(html(paragraphs(report.repeat(4), report.repeat(3))))).toBe('article')
  })
})

describe('a paywall', () => {
  const declared = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
  const tier = '<meta property="article:content_tier" content="locked">'
  const stub = SENTENCE.repeat(3)

  test.each([
    ['English', 'Subscribe to continue reading.'],
    ['German', 'Dieser Artikel ist für Abonnenten.'],
    ['French', 'Cet article est réservé aux abonnés.'],
    ['Spanish', 'Contenido exclusivo para suscriptores.'],
    ['Ukrainian', 'Матеріал доступно за передплатою.'],
  ])('with nothing before it is named, and its offer is no news: %s', (_language, offer) => {
    expect(named(html(paragraphs(offer)))).toBe('paywall')
  })

  test.each([
    ['declared to search engines', html(paragraphs(stub), declared)],
    ['declared as locked', html(paragraphs(stub), tier)],
  ])('behind a beginning leaves that beginning, and is named: %s', (_how, page) => {
    expect(named(page)).toBe('walled')
  })

  test.each([
    [
      'a whole article that is declared to be paid for',
      html(paragraphs(`One. ${SENTENCE.repeat(10)}`, `Two. ${SENTENCE.repeat(10)}`), declared),
    ],
    ['a short free piece', html(paragraphs(stub))],
    ['an offer beside an article', html(`${paragraphs(stub, stub)}<footer>Already a subscriber?</footer>`)],
    ['one declared to be free', html(paragraphs(stub), declared.replace('"False"', 'true'))],
  ])('is none: %s', (_what, page) => {
    expect(named(page)).toBe('article')
  })
})

test('a piece behind a gate is told in the feed’s own words, with the gate’s name', () => {
  const item: Item = {
    title: 'Pier reopens',
    url: URL,
    guid: 'pier',
    summary: SENTENCE,
    content: '',
    author: '',
    categories: [],
    enclosures: [],
  }
  const source: FeedSource = {
    id: 'herald' as FeedId,
    url: 'https://herald.example/feed',
    title: 'Herald',
    outlet: 'Herald',
    kind: 'outlet',
  }
  const bytes = Buffer.from(html('<p>Checking your browser before you reach herald.example.</p>'))
  const article = readArticle({ page: { bytes, url: URL }, item, source, firstSeenAt: 0 })
  expect(article).toMatchObject({ from: 'feed', text: SENTENCE.trim(), pageFault: 'challenge page' })
})
