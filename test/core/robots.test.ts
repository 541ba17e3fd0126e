import { expect, test } from 'vitest'
import { mayRead, parseRobots } from '../../src/core/robots.ts'

const ours = (...lines: readonly string[]) => parseRobots(lines.join('\n'), 'Pullquote')
const may = (path: string, ...lines: readonly string[]) => mayRead(ours(...lines), path)

test.each([
  ['nothing', [''], '/a', true],
  ['a page of HTML', ['<!doctype html><html><body>Not here: /</body></html>'], '/a', true],
  ['all forbidden', ['User-agent: *', 'Disallow: /'], '/a', false],
  ['an empty rule', ['User-agent: *', 'Disallow:'], '/a', true],
  ['a rule before any name', ['Disallow: /', 'User-agent: *', 'Disallow: /b'], '/a', true],
  [
    'our own group before the one for all',
    ['User-agent: *', 'Disallow: /', 'User-agent: pullquote', 'Disallow: /b'],
    '/a',
    true,
  ],
  ['our name with a version, in capitals', ['User-agent: PULLQUOTE/2.1', 'Disallow: /'], '/a', false],
  ['another’s group', ['User-agent: Pullquoter', 'Disallow: /'], '/a', true],
  ['one group for several', ['User-agent: other', 'User-agent: Pullquote', 'Disallow: /'], '/a', false],
  [
    'our group in two places',
    ['User-agent: Pullquote', 'Disallow: /a', 'User-agent: x', 'Disallow: /', 'User-agent: Pullquote', 'Disallow: /b'],
    '/b',
    false,
  ],
  [
    'comments, blanks and a byte order mark',
    ['\ufeffuser-agent : * # all', '', '  DISALLOW :  /a # not here'],
    '/a/b',
    false,
  ],
  ['line ends of Macs', ['User-agent: *\rDisallow: /a\r'], '/a', false],
  [
    'a sitemap between a name and its rules',
    ['User-agent: *', 'Sitemap: https://a.example/s.xml', 'Disallow: /a'],
    '/a',
    false,
  ],
  ['the longest rule, which allows', ['User-agent: *', 'Disallow: /a', 'Allow: /a/b'], '/a/b/c', true],
  ['the longest rule, which forbids', ['User-agent: *', 'Allow: /a', 'Disallow: /a/b'], '/a/b/c', false],
  ['two as long', ['User-agent: *', 'Disallow: /a', 'Allow: /a'], '/a', true],
  ['a path of other case', ['User-agent: *', 'Disallow: /A'], '/a', true],
  ['a wildcard', ['User-agent: *', 'Disallow: /*/print'], '/news/pier/print?x', false],
  ['an end', ['User-agent: *', 'Disallow: /*.pdf$'], '/a.pdf', false],
  ['an end that is none', ['User-agent: *', 'Disallow: /*.pdf$'], '/a.pdf?x', true],
  ['an end without a wildcard', ['User-agent: *', 'Disallow: /a$'], '/ab', true],
  ['a wildcard and an end that would overlap', ['User-agent: *', 'Disallow: /ab*ba$'], '/aba', true],
  ['a query', ['User-agent: *', 'Disallow: /*?utm='], '/a?utm=1', false],
  ['another spelling of an octet', ['User-agent: *', 'Disallow: /%7ejoe/%c3%a9'], '/~joe/é', false],
  ['a slash that is encoded, which is another path', ['User-agent: *', 'Disallow: /a%2Fb'], '/a/b', true],
  ['robots.txt itself', ['User-agent: *', 'Disallow: /'], '/robots.txt', true],
] as const)('%s', (...[, lines, path, allowed]) => expect(may(path, ...lines)).toBe(allowed))

test.each([
  ['10', 10_000],
  ['0.5', 500],
  ['soon', undefined],
  ['-3', undefined],
  ['999999', 86_400_000],
])('a crawl delay of %s is %s ms', (value, delayMs) => {
  expect(ours('User-agent: *', `Crawl-delay: ${value}`, 'Disallow: /b').delayMs).toBe(delayMs)
})

test('hostile files and paths cost no time to speak of', () => {
  const stars = `/${'*a'.repeat(900)}b`
  const rules = parseRobots(`User-agent: *\n${`Disallow: ${stars}\n`.repeat(250)}`, 'Pullquote')
  expect(rules.rules).toHaveLength(250)
  expect(parseRobots(`User-agent: *\n${'Disallow: /b\n'.repeat(30_000)}`, 'Pullquote').rules).toHaveLength(2_000)
  expect(mayRead(rules, `/${'a'.repeat(2_000)}`)).toBe(true)
  expect(parseRobots('User-agent'.repeat(100_000), 'Pullquote').rules).toEqual([])
})
