/** /feeds add on a web of strings: what is a feed, what is none, and one line on what to try. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { WEB_LIMITS } from '../../src/edge/web/limits.ts'
import { BELTRAN } from '../contract/store/world.ts'
import type { Page } from '../web/web.ts'
import { buttonsOf, labelsOf, messageOf, READER, STRANGER, textOf, useHouse } from './house.ts'

const RSS = `<rss version="2.0"><channel><title>Dry Dock Herald</title><link>https://dock.example/</link>
  <item><guid>1</guid><title>A dock is dry</title><link>https://dock.example/1</link></item></channel></rss>`
const SECRET = 'token=hush-7781'
/** Loopback is where the web of strings stands: this operator allows it. */
const HERE = { allowPrivate: ['127.0.0.0/8'] }

const house = useHouse()
const add = (path: string, page: Page) => {
  house.web(HERE)
  house.strings.set(path, page)
  return house.run('feeds add', { url: house.strings.url(path) })
}

describe('an address that leads to a feed', () => {
  it('is read from now on, in this server only', async () => {
    const reply = await add('/rss', RSS)
    expect(textOf(reply)).toBe(
      [
        '✅ Dry Dock Herald is read from now on, in this server only.',
        `127.0.0.1:${house.strings.port} · It lists 1 item, which counts as seen. What is new from now on can become an alert.`,
        '/subscribe with this feed and your own words follows keywords in it.',
      ].join('\n'),
    )
    expect(textOf(await house.run('feeds list'))).toContain('Dry Dock Herald · added here · not asked yet')
    expect(textOf(await house.run('feeds list', {}, STRANGER))).not.toContain('Dry Dock')
  })

  it('can be followed with one press, and says that nothing was read yet', async () => {
    const asked = await house.press([await add('/rss', RSS), 'Post everything here'])
    expect(textOf(asked)).toContain('Subscribe #harbour to everything from Dry Dock Herald?')
    expect(textOf(asked)).toContain('only just added')
  })

  it('may be the one that a site names', async () => {
    house.strings.set('/news/feed.xml', RSS)
    const page = '<html><head><link rel="alternate" type="application/rss+xml" href="/news/feed.xml"></head></html>'
    expect(textOf(await add('/', page))).toContain('✅ Dry Dock Herald')
    const [feed] = await house.store.feeds({ serverId: BELTRAN })
    expect(feed?.url).toBe(house.strings.url('/news/feed.xml'))
  })

  it('is added once, however it is spelt', async () => {
    await add('/rss', RSS)
    const again = await house.run('feeds add', { url: `  <${house.strings.url('/rss')}> ` })
    expect(textOf(again)).toBe('Dry Dock Herald is read here already.')
    expect(labelsOf(again)).toEqual(['Post everything here'])
    expect(house.strings.count('/rss')).toBe(1)
  })

  it('never shows the query that its address may hold', async () => {
    const reply = await add(`/rss?${SECRET}`, RSS)
    expect(textOf(reply)).toContain('✅ Dry Dock Herald')
    const replies = [
      reply,
      await house.run('feeds list'),
      await house.run('feeds add', { url: house.strings.url(`/rss?${SECRET}`) }),
      await house.run('feeds remove', { feed: house.strings.url(`/rss?${SECRET}`) }),
      await house.run('feeds remove', { feed: house.strings.url(`/rss?${SECRET}`) }),
      await house.run('subscribe', { feed: house.strings.url(`/rss?${SECRET}`) }),
    ]
    for (const one of replies) expect(JSON.stringify(one)).not.toContain('hush')
    expect(JSON.stringify(house.logged)).not.toContain('hush')
  })

  it('is refused when the server has as many as it may', async () => {
    house.limits = { ...house.limits, feedsMax: 1 }
    await add('/rss', RSS)
    expect(textOf(await add('/more', RSS.replace('Dry Dock', 'Second')))).toBe(
      'This server has added 1 feed, which is the most I read for one. /feeds remove makes room.',
    )
  })

  it('is added by those who manage the server, and asked for nobody else', async () => {
    house.web(HERE)
    house.strings.set('/rss', RSS)
    const reply = await house.run('feeds add', { url: house.strings.url('/rss') }, READER)
    expect(textOf(reply)).toContain('Manage Server')
    expect(house.strings.count()).toBe(0)
  })
})

const cutGzip = gzipSync(RSS).subarray(0, 100)
type Wrong = Readonly<{ what: string; page: Page; says: RegExp; tries?: boolean }>
const WRONG: readonly Wrong[] = [
  { what: 'an error', page: { status: 404 }, says: /^The site answers with error 404\. Check the address/ },
  { what: 'an error that may pass', page: { status: 503 }, says: /error 503/, tries: true },
  { what: 'no feed', page: 'Nothing here is marked up at all', says: /is no feed. Look for “RSS”/ },
  {
    what: 'a page without feeds',
    page: '<!doctype html><html><body><p>Hello</p></body></html>',
    says: /^That is a web page/,
  },
  { what: 'nothing at all', page: '', says: /^That address answers with an empty page/ },
  {
    what: 'a body cut off inside its gzip',
    page: { headers: { 'content-encoding': 'gzip', 'content-type': 'application/rss+xml' }, body: cutGzip },
    says: /^The site’s answer arrived damaged or cut off\. Try again later\.$/,
    tries: true,
  },
  {
    what: 'a body that ends before its length',
    page: { headers: { 'content-type': 'application/rss+xml' }, body: RSS, fault: 'truncate' },
    says: /damaged or cut off|not proper HTTP/,
    tries: true,
  },
  {
    what: 'a bomb',
    page: { coding: 'gzip', body: Buffer.alloc(WEB_LIMITS.feedBytes + 1_000, 32) },
    says: /^What the site sent is too large for a feed \(10 MB at most\)/,
  },
  {
    what: 'a challenge',
    page: { status: 403, headers: { 'cf-mitigated': 'challenge' }, body: '<html>Just a moment</html>' },
    says: /^The site asks visitors to prove that they are human/,
  },
  {
    what: 'a redirect that never ends',
    page: { status: 302, headers: { location: '/wrong' } },
    says: /redirects too often/,
  },
  {
    what: 'something that is not HTTP',
    page: { raw: 'SSH-2.0-OpenSSH_9.9\r\n' },
    says: /not proper HTTP|does not answer/,
    tries: true,
  },
]

describe('an address that leads to no feed', () => {
  it.each(WRONG)('says in one line that it is $what', async ({ page, says, tries = false }) => {
    const reply = await add('/wrong', page)
    expect(textOf(reply)).toMatch(says)
    expect(messageOf(reply)).toMatchObject({ tone: 'bad', to: 'you' })
    expect(messageOf(reply).blocks).toHaveLength(1)
    expect(labelsOf(reply)).toEqual(tries ? ['Try again'] : [])
    expect(await house.store.feeds({ serverId: BELTRAN })).toEqual([])
  })

  it('gives up on a body that never ends', async () => {
    house.web({ ...HERE, limits: { idleMs: 40, totalMs: 400 } })
    house.strings.set('/endless', { body: RSS, fault: 'stall' })
    const reply = await house.run('feeds add', { url: house.strings.url('/endless') })
    expect(textOf(reply)).toBe('The site took too long to answer. Try again later.')
    expect(labelsOf(reply)).toEqual(['Try again'])
  })

  it('can be tried again with one press, with the address kept', async () => {
    const broken = await add('/later', { status: 503 })
    house.strings.set('/later', RSS)
    const reply = await house.press([broken, 'Try again'])
    expect(messageOf(reply).how).toBe('update')
    expect(textOf(reply)).toContain('✅ Dry Dock Herald')
  })

  const TYPED: readonly Readonly<{ typed: string; says: RegExp }>[] = [
    { typed: 'http://127.0.0.1/feed', says: /does not lead to the public internet/ },
    { typed: 'http://[::1]/feed', says: /does not lead to the public internet/ },
    { typed: 'localhost', says: /I do not connect to that name/ },
    { typed: 'ftp://dock.example/feed', says: /I only read http and https/ },
    { typed: 'javascript:alert(1)', says: /I only read http and https/ },
    { typed: 'https://me:hush-7781@dock.example/', says: /holds a user name or password/ },
    { typed: 'https://dock.example:22/', says: /I do not connect to that port/ },
    { typed: `https://dock.example/${'x'.repeat(2_100)}`, says: /too long/ },
    { typed: 'what is this', says: /^That is not a web address/ },
    { typed: '', says: /^That is not a web address/ },
  ]
  it.each(TYPED)('refuses "$typed" before any wire is touched', async ({ typed, says }) => {
    const reply = await house.run('feeds add', { url: typed })
    expect(textOf(reply)).toMatch(says)
    expect(JSON.stringify(reply)).not.toContain('hush')
    expect(house.strings.connections()).toBe(0)
    expect(buttonsOf(reply)).toEqual([])
  })

  it('refuses a public page that leads inside', async () => {
    house.strings.set('dock.example/', { status: 302, headers: { location: 'http://10.0.0.7/admin' } })
    const reply = await house.run('feeds add', { url: 'http://dock.example/' })
    expect(textOf(reply)).toMatch(/does not lead to the public internet/)
    expect(house.strings.dialled).toEqual(['93.184.215.14:80'])
  })

  it('fetches ten times a minute for a server, and no oftener', async () => {
    house.web(HERE)
    house.strings.set('/gone', { status: 404 })
    const texts: string[] = []
    for (let n = 0; n < 11; n += 1)
      texts.push(textOf(await house.run('feeds add', { url: house.strings.url('/gone') })))
    expect(texts.filter((text) => text.includes('error 404'))).toHaveLength(10)
    expect(texts.at(-1)).toMatch(/^That was too fast for me/)
    expect(house.strings.count('/gone')).toBe(10)
  })
})
