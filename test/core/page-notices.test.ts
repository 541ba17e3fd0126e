import { expect, test } from 'vitest'
import { readPage } from '../../src/core/page.ts'

const SENTENCE = 'The ferry sails again on Sunday, the harbour office said, as it did before the winter. '
/** What is read of an article of six paragraphs besides these, with something in its middle. */
function said(middle: string, below = ''): readonly string[] {
  const say = (n: number) => `<p>${n}. ${SENTENCE.repeat(3)}</p>`
  const html = `<article>${[1, 2, 3].map(say).join('')}${middle}${[4, 5, 6].map(say).join('')}${below}</article>`
  const reading = readPage(html, { url: 'https://courier.example/ferry' })
  if (reading.kind === 'refused') throw new Error(reading.reason)
  return reading.page.text.split('\n\n').filter((text) => !/^\d\. The ferry/.test(text))
}
const each = (...lines: readonly string[]) => lines.map((line) => `<p>${line}</p>`).join('')

test.each<[kind: string, lines: readonly string[]]>([
  [
    'a cookie wall',
    [
      'We value your privacy. We and our partners use cookies to store and access information on a device.',
      'You can change your choices at any time in our privacy policy.',
      'Accept all',
      'Manage options',
    ],
  ],
  ['a German one', ['Wir verwenden Cookies, um Inhalte und Anzeigen zu personalisieren.', 'Alle akzeptieren']],
  ['a French one', ['Nous utilisons des cookies pour mesurer l’audience de ce site.', 'Tout accepter']],
  ['a Spanish one', ['Utilizamos cookies propias y de terceros para mejorar nuestros servicios.', 'Aceptar todo']],
  ['a Polish one', ['Używamy plików cookie, aby poprawić działanie serwisu.', 'Zgadzam się']],
  ['a Ukrainian one', ['Ми використовуємо файли cookie, щоб покращити роботу сайту.', 'Погоджуюсь']],
  ['a Russian one', ['Мы используем файлы cookie, чтобы сайт работал лучше.', 'Согласен']],
  ['a Turkish one', ['Bu sitede çerezler kullanılmaktadır, devam ederek kabul etmiş olursunuz.', 'Kabul et']],
  ['a box that waits for consent', ['This content is provided by a third party, which may be using cookies.']],
  [
    'a German one that does',
    ['An dieser Stelle finden Sie externe Inhalte, die den Artikel ergänzen.', 'Externer Inhalt'],
  ],
  [
    'how old an entry is',
    ['3h ago', '2 hours ago', 'vor 2 Stunden', 'il y a 3 heures', '2 години тому', '2 saat önce'],
  ],
  ['when it was written', ['10.42am GMT', 'Updated at 10.55am GMT', 'First published at 9.30']],
  ['buttons of a live report', ['Show key events only', 'Pinned post', 'Oldest first', 'Load more', 'Get updates']],
  [
    'the end of a live report',
    ['This live blog is now closed.', 'We’re closing this live page now. Thanks for reading.'],
  ],
  ['buttons to share', ['Facebook', 'WhatsApp', 'Copy link', 'Share on Facebook', 'E-Mail', 'Teilen', 'Поділитися']],
  [
    'letters by mail',
    [
      'Our daily briefing, straight to your inbox.',
      'Thank you for signing up!',
      'Der Morgen in Marlow, jeden Tag in Ihr Postfach: Hier geht es zu unserem Newsletter.',
    ],
  ],
  ['channels', ['Follow our WhatsApp channel for more.', 'Читайте нас в Telegram', 'Підписуйтесь на наш Телеграм']],
  [
    'what a reader should switch on',
    ['Please turn on JavaScript to use this feature', 'Please disable your ad blocker.'],
  ],
  [
    'who may read on',
    ['This article is for subscribers only.', 'To continue reading, subscribe.', 'Already have an account? Log in'],
  ],
])('%s is no part of the text', (_kind, lines) => {
  for (const line of lines) expect(said(each(line))).toEqual([])
})

test.each<[kind: string, below: string]>([
  ['in a list', '<ul><li><a href="/t/a">Ferries</a></li><li><a href="/t/b">Marlow</a></li></ul>'],
  ['in a line', '<p>Tags: Ferries, Marlow, Harbours</p>'],
  ['of links alone', '<div><a href="/tag/a">Ferries</a>, <a href="/tag/b">Marlow</a></div>'],
  ['with marks', '<p>#ferry #marlow #harbour</p>'],
  ['in a box that says so', '<div class="article-tags"><span>Ferries</span> <span>Marlow</span></div>'],
])('tags %s go', (_kind, below) => {
  expect(said('', below)).toEqual([])
})

test('the list of a live report’s key events goes with its heading', () => {
  const list =
    '<h2>Key events</h2><ul><li><a href="#a">10.02 Ferry sails</a></li><li><a href="#b">11.30 Ferry lands</a></li></ul>'
  expect(said(list)).toEqual([])
})

test.each([
  ['somebody says of cookies', '“We use cookies to fill the boxes for the ferry,” the baker said.'],
  ['tells of cookies', 'The law says that shops which use cookies must tell their customers in Marlow so.'],
  ['begins with a name of a network', 'Facebook closed its office in Marlow on Monday.'],
  ['tells when something was', 'Two hours ago nobody knew where the ferry was.'],
  ['is an item of a list', ''],
])('a sentence that %s stays', (_kind, sentence) => {
  const middle =
    sentence === ''
      ? '<p>Three firms paid:</p><ul><li>Facebook</li><li>Twitter</li><li>Print</li></ul>'
      : each(sentence)
  const expected = sentence === '' ? ['Three firms paid:', 'Facebook', 'Twitter', 'Print'] : [sentence]
  expect(said(middle)).toEqual(expected)
})
