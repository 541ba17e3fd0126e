import { describe, expect, test } from 'vitest'
import { type AddressRules, isPublicIp, judgeAddress, judgeIps, parseCidrs, parseIp } from '../../src/core/addresses.ts'

const STRICT: AddressRules = { allowPrivate: [], exemptOrigins: [] }
const verdict = (text: string, rules: AddressRules = STRICT) => {
  const judged = judgeAddress(text, rules)
  return judged.kind === 'refused' ? judged.reason : judged.url.href
}

test.each([
  ['http://news.example/feed.xml', 'http://news.example/feed.xml'],
  ['  HTTPS://News.Example:443/a b?x=1#part', 'https://news.example/a%20b?x=1'],
  ['https://news.example/a#', 'https://news.example/a'],
  ['http://news.example:8080/', 'http://news.example:8080/'],
  ['http://news.example.:80/', 'http://news.example./'],
  ['http://bücher.example/', 'http://xn--bcher-kva.example/'],
  ['http://11.0.0.1/', 'http://11.0.0.1/'],
  ['http://100.128.0.1/', 'http://100.128.0.1/'],
  ['http://[2606:2800:21f::1]/', 'http://[2606:2800:21f::1]/'],
])('lets %s pass', (text, href) => expect(verdict(text)).toBe(href))

test.each([
  ['', 'not an address'],
  ['   ', 'not an address'],
  ['//127.0.0.1/', 'not an address'],
  ['127.0.0.1:80/feed', 'not an address'],
  ['localhost:80/feed', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['data:text/xml,<rss/>', 'scheme'],
  ['ws://news.example/', 'scheme'],
  ['http://user:word@news.example/', 'credentials'],
  ['http://user@news.example/', 'credentials'],
  ['http://news.example:22/', 'port'],
  ['http://news.example:0/', 'port'],
  ['https://news.example:80443/', 'not an address'],
  [`http://news.example/${'a'.repeat(2048)}`, 'too long'],
  [`http://news.example/${'é'.repeat(1000)}`, 'too long'],
  [`http://${'a.'.repeat(150)}example/`, 'too long'],
  [`http://${'a'.repeat(64)}.example/`, 'name'],
  ['http://intranet/', 'name'],
  ['http://localhost/', 'name'],
  ['http://feeds.localhost/', 'name'],
  ['http://LOCALHOST./', 'name'],
  ['http://printer.local/', 'name'],
  ['http://host.docker.internal/', 'name'],
  ['http://router.lan/', 'name'],
  ['http://nas.home.arpa/', 'name'],
  ['http://something.onion/', 'name'],
  ['http://a..example/', 'name'],
  ['https://discord.com/api/v10/users/@me', 'name'],
  ['https://cdn.discordapp.com/x', 'name'],
  ['https://canary.discord.com./x', 'name'],
  ['http://2130706433/', 'private'],
  ['http://0x7f000001/', 'private'],
  ['http://0177.0.0.1/', 'private'],
  ['http://127.1/', 'private'],
  ['http://①②⑦.⓪.⓪.①/', 'private'],
  ['http://[::1]/', 'private'],
  ['http://[::ffff:93.184.215.14]/', 'private'],
])('refuses %s: %s', (text, reason) => expect(verdict(text)).toBe(reason))

test('does not take a name that only begins or ends like an inner one for it', () => {
  for (const host of ['mylocal.example', 'local.example', 'notdiscord.com', 'lan.example'])
    expect(verdict(`http://${host}/`)).toBe(`http://${host}/`)
})

test('judges a redirect by where it leads from', () => {
  const base = new URL('https://news.example/a/b')
  expect(judgeAddress('//127.0.0.1/', STRICT, base)).toEqual({ kind: 'refused', reason: 'private' })
  const judged = judgeAddress('../c?d', STRICT, base)
  expect(judged.kind === 'allowed' && judged.url.href).toBe('https://news.example/c?d')
})

describe('IPs', () => {
  test.each([
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.31.196.1',
    '192.52.193.1',
    '192.88.99.1',
    '192.168.0.1',
    '192.175.48.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '168.63.129.16',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '::8.8.8.8',
    '64:ff9b::808:808',
    '100::1',
    'fc00::1',
    'fd00::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '2001::1',
    '2001:20::1',
    '2001:1ff::1',
    '2001:db8::1',
    '2002:808:808::1',
    '3fff::1',
    '2620:4f:8000::1',
    '4000::1',
    '5f00::1',
  ])('%s is not public', (text) => {
    const ip = parseIp(text)
    expect(ip && isPublicIp(ip)).toBe(false)
  })

  test.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '169.253.1.1',
    '172.15.1.1',
    '172.32.0.1',
    '192.0.1.1',
    '192.167.1.1',
    '192.169.1.1',
    '198.17.1.1',
    '198.20.1.1',
    '223.255.255.255',
    '168.63.129.17',
    '2000::1',
    '2001:200::1',
    '2001:db9::1',
    '2003::1',
    '2606:4700::1111',
    '2620:4f:8001::1',
    '3ffe::1',
  ])('%s is public', (text) => {
    const ip = parseIp(text)
    expect(ip && isPublicIp(ip)).toBe(true)
  })

  test.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.4 ',
    'fe80::1%eth0',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    '12345::1',
    'g::1',
    '::1.2.3',
    `::${'0'.repeat(100)}1`,
    'news.example',
  ])('%s is no IP', (text) => expect(parseIp(text)).toBeUndefined())

  test('spellings of one IPv6 are one value', () => {
    const one = parseIp('2001:db8:0:0:0:0:c0a8:101')
    for (const text of ['2001:db8::c0a8:101', '2001:DB8::192.168.1.1', '2001:0db8:0000::c0a8:0101'])
      expect(parseIp(text)).toEqual(one)
  })
})

describe('names', () => {
  const judge = (texts: readonly string[], allowed: readonly string[] = [], fault?: 'port' | 'name') =>
    judgeIps(texts.map(parseIp), { allowPrivate: parseCidrs(allowed) }, fault)

  test('one inner answer among public ones is enough to refuse', () => {
    expect(judge(['93.184.215.14'])).toBeUndefined()
    expect(judge(['93.184.215.14', '127.0.0.1'])).toBe('private')
    expect(judge(['127.0.0.1', '93.184.215.14'])).toBe('private')
    expect(judge(['93.184.215.14', 'nonsense'])).toBe('private')
  })

  test('an allowed range lifts the refusal for its own addresses, and for no others', () => {
    expect(judge(['192.168.1.5'], ['192.168.1.0/24'])).toBeUndefined()
    expect(judge(['192.168.2.5'], ['192.168.1.0/24'])).toBe('private')
    expect(judge(['192.168.1.5', '10.0.0.1'], ['192.168.1.0/24'])).toBe('private')
    expect(judge(['fd00::7'], ['fd00::/8'])).toBeUndefined()
  })

  test('an inner name or odd port is allowed only if all its answers are', () => {
    expect(judge(['192.168.1.5'], ['192.168.1.0/24'], 'port')).toBeUndefined()
    expect(judge(['93.184.215.14'], ['192.168.1.0/24'], 'port')).toBe('port')
    expect(judge(['192.168.1.5', '93.184.215.14'], ['192.168.1.0/24'], 'name')).toBe('name')
  })
})

test('allowed ranges lift port, name and range, but not scheme, credentials or Discord', () => {
  const rules = { ...STRICT, allowPrivate: parseCidrs(['192.168.1.0/24']) }
  expect(verdict('http://192.168.1.5:9000/feed', rules)).toBe('http://192.168.1.5:9000/feed')
  expect(verdict('http://192.168.2.5:9000/feed', rules)).toBe('private')
  expect(verdict('http://11.0.0.1:9000/feed', rules)).toBe('port')
  expect(judgeAddress('http://nas.lan:9000/', rules)).toMatchObject({ kind: 'allowed', onlyPrivate: 'port' })
  expect(judgeAddress('http://nas.lan/', rules)).toMatchObject({ kind: 'allowed', onlyPrivate: 'name' })
  expect(verdict('ftp://192.168.1.5/', rules)).toBe('scheme')
  expect(verdict('http://a:b@192.168.1.5/', rules)).toBe('credentials')
  expect(verdict('https://discord.com:444/', rules)).toBe('port')
})

test('an exempt origin is exempt by its exact scheme, host and port', () => {
  const rules = { ...STRICT, exemptOrigins: ['http://127.0.0.1:4321'] }
  expect(judgeAddress('http://127.0.0.1:4321/a', rules)).toMatchObject({ kind: 'allowed', exempt: true })
  for (const other of [
    'http://127.0.0.1:4322/',
    'https://127.0.0.1:4321/',
    'http://127.0.0.2:4321/',
    'http://127.0.0.1/',
  ])
    expect(verdict(other, rules)).toBe('private')
  expect(verdict('http://a:b@127.0.0.1:4321/', rules)).toBe('credentials')
})

test.each([
  '',
  '10.0.0.0/33',
  '10.0.0.1/8',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  '10.0.0.0/-1',
  '10/8',
  'fd00::/129',
  'localhost',
])('says which range it cannot read: "%s"', (text) =>
  expect(() => parseCidrs(['10.0.0.0/8', text])).toThrow(`"${text}"`),
)
