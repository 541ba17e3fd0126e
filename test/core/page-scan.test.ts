import { expect, test } from 'vitest'
import { scanPage } from '../../src/core/page/scan.ts'

const markup = (html: string) => {
  const scan = scanPage(html)
  return scan.kind === 'scanned' ? scan.markup.replace(/^.*?<body>|<\/body>.*$/g, '') : scan.reason
}

test.each([
  ['tags are closed', '<div><p>a<p>b', '<div><p>a</p><p>b</p></div>'],
  ['names are in lower case', '<P CLASS=x>a</P>', '<p class="x">a</p>'],
  ['attributes that nobody reads go', '<p onclick="x()" class="y" data-z>a</p>', '<p class="y">a</p>'],
  ['quotes in attributes are kept apart', `<p class='a "b"'>c</p>`, '<p class="a &quot;b&quot;">c</p>'],
  ['the first of two attributes counts', '<p class=a class=b>c</p>', '<p class="a">c</p>'],
  ['a bracket in an attribute ends no tag', '<a title="a>b" href="x">c</a>', '<a href="x">c</a>'],
  ['scripts, styles and comments go', 'a<script>"</p>"</script><style>p{}</style><!-- > -->b', 'ab'],
  ['a script that looks like text is one', '<script>if (a</b>c)</script>d', 'd'],
  ['drawings go with what they hold', 'a<svg><title>x</title><path/></svg>b', 'ab'],
  ['a drawing closed at once holds nothing', 'a<svg/>b<svg></svg>c', 'abc'],
  ['an open script is all that follows', 'a<script>b<p>c', 'a'],
  ['an open drawing is no reason to lose the page', 'a<svg>b', 'ab'],
  ['a stray bracket is text', 'a < b <3 c', 'a &lt; b &lt;3 c'],
  ['references stay', 'a &amp; b &lt; c', 'a &amp; b &lt; c'],
  ['an item closes the one before', '<ul><li>a<li>b</ul>c', '<ul><li>a</li><li>b</li></ul>c'],
  [
    'a cell and a row close those before',
    '<table><tr><td>a<td>b<tr><td>c</table>',
    '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>',
  ],
  ['an end tag closes what it holds', '<div><b>a</div>b', '<div><b>a</b></div>b'],
  ['an end tag without its start is nothing', 'a</div>b', 'ab'],
  ['the frame is written once', '<html><head></head><body class=x>a<body>b</html>', 'ab'],
  ['</br> is a break', 'a</br>b', 'a<br>b'],
  ['a page cut off in a tag ends before it', 'a<p class="b', 'a'],
  ['a doctype and an instruction go', '<!DOCTYPE html><?xml version="1.0"?>a', 'a'],
])('%s', (_, html, expected) => {
  expect(markup(html)).toBe(expected)
})

test('JSON-LD and the root’s language are handed over', () => {
  expect(
    scanPage('<html lang=de><script type="application/ld+json">{"a":1}</script><script>no</script>'),
  ).toMatchObject({
    language: 'de',
    jsonLd: ['{"a":1}'],
  })
})

test('siblings are not depth, nor are paragraphs that nobody closed', () => {
  expect(markup('<p>a'.repeat(1_000))).not.toBe('too deep')
  expect(markup('<div><div></div></div>'.repeat(1_000))).not.toBe('too deep')
  expect(markup('<div>'.repeat(256))).not.toBe('too deep')
  expect(markup('<div>'.repeat(257))).toBe('too deep')
})

test('text that is long and deep at once is refused', () => {
  expect(markup('<div>'.repeat(250) + 'a'.repeat(300_000))).toBe('too deep')
})

test('a page whose lower case is longer than itself keeps its scripts out', () => {
  expect(markup('İ<script>a</script>b')).toBe('İb')
})
