/** doctor asks each feed from here, reads it as the bot would, and says what the bot knows of it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { examineFeeds } from '../../src/cli/doctor-feeds.ts'
import type { Feed, FeedSource } from '../../src/core/model.ts'
import { NEVER_AT } from '../../src/core/schedule.ts'
import { source } from '../contract/store/world.ts'
import { startWeb, type WebOfStrings } from '../web/web.ts'

const DAY = 86_400_000
const SECRET = 'token=hush-7781'
let web: WebOfStrings
beforeEach(async () => {
  web = await startWeb()
})
afterEach(() => web.close())

const rss = (ages: readonly number[]): string =>
  `<rss version="2.0"><channel><title>Tide</title>${ages
    .map(
      (age, n) => `<item><guid>${n}</guid><title>${n}</title><pubDate>${new Date(Date.now() - age)}</pubDate></item>`,
    )
    .join('')}</channel></rss>`
const at = (id: string, path: string): FeedSource => source(id, { url: web.url(path) })
const kept = (from: FeedSource, more: Partial<Feed> = {}): Feed => ({
  ...from,
  common: false,
  failures: 0,
  nextPollAt: Date.now() + 5 * 60_000,
  ...more,
})
const ask = (sources: readonly FeedSource[], known: readonly Feed[] = []) =>
  examineFeeds(
    {
      sources,
      allowPrivate: ['127.0.0.0/8'],
      feeds: { intervalMinutes: 5, perServerMax: 9, hostGapMs: 0 },
      reader: { children: 1, timeoutMs: 20_000, oldSpaceMb: 192, rssMaxMb: 320 },
      web: { contact: '', robots: true, publicUrl: '', publicHost: '', publicPort: 0, allowProxy: false },
    },
    known,
  )

test('tells of each feed the outcome of now, the next poll, the items a day, and the cure', async () => {
  web.set('/well', rss([1, 2, 3, 4, 5, 6, 8].map((days) => days * DAY)))
  web.set('/page', '<html><body>Nothing here</body></html>')
  const well = at('well', '/well')
  const page = at('page', '/page')
  const { feeds, findings, lines } = await ask([well, page], [kept(well, { common: true })])
  expect(feeds).toMatchObject([
    { id: 'well', mood: 'well', outcome: '200 ok', asked: 'now', nextAt: expect.stringMatching(/Z$/) },
    { id: 'page', mood: 'failing', outcome: 'html page', cure: expect.stringContaining('no feed') },
  ])
  expect(feeds[0]?.itemsADay).toBeCloseTo(6 / 7, 1)
  expect(lines[0]).toMatch(/✓ The well: 200 ok · next in 5 min · 0\.9 a day · took \d+ ms$/)
  expect(findings.map(({ what, state }) => `${what} ${state}`)).toEqual(['feeds ok', 'feed The page problem'])
  expect(findings[0]?.says).toBe('1 of 2 answer')
  expect(findings[1]?.cure).toContain('page in config/feeds.yaml')
})

test('asks what servers added as well, and worries only once that lasts; no address is shown', async () => {
  const own = at('own', `/missing?${SECRET}`)
  const notYet = await ask([], [kept(own)])
  expect(notYet.findings[1]).toMatchObject({ state: 'note', says: expect.stringContaining('404') })
  const lasting = await ask([], [kept(own, { failures: 8, failingSince: Date.now() - 9 * DAY })])
  expect(lasting.findings[1]).toMatchObject({ state: 'problem', says: expect.stringContaining('failing for 9 d') })
  expect(lasting.findings[1]?.cure).toContain('/feeds remove')
  expect(JSON.stringify([notYet, lasting])).not.toContain('hush')
})

test('names one that answers and has fallen silent, which is no problem', async () => {
  web.set('/quiet', rss([30, 31, 32, 33, 34, 35, 36, 37, 38].map((days) => days * DAY)))
  const { findings, feeds } = await ask([at('quiet', '/quiet')])
  expect(feeds[0]).toMatchObject({ mood: 'silent' })
  expect(findings[1]).toMatchObject({ state: 'note', says: expect.stringContaining('nothing new for 30 d') })
})

test('does not ask a site that told us to wait, nor one that is gone', async () => {
  const failed = { failures: 1, failingSince: Date.now() - DAY }
  const last = { kind: 'failed', at: Date.now(), tookMs: 5, status: 429, detail: 'status' } as const
  const patient = kept(at('patient', '/patient'), { ...failed, last })
  const gone = kept(at('gone', '/gone'), {
    ...failed,
    last: { ...last, kind: 'gone', status: 410 },
    nextPollAt: NEVER_AT,
  })
  const { feeds } = await ask([], [patient, gone])
  expect(feeds.map(({ asked, outcome }) => `${asked} ${outcome}`).toSorted()).toEqual([
    'not now 410 gone',
    'not now 429',
  ])
  expect(feeds.find(({ id }) => id === 'gone')).not.toHaveProperty('nextAt')
})

test('blames our own network once where most are out of reach', async () => {
  const lost = ['a', 'b', 'c'].map((id) => source(id, { url: `http://127.0.0.1:9/${id}` }))
  const { findings, feeds } = await ask(lost)
  expect(findings).toMatchObject([{ what: 'feeds', state: 'problem', says: expect.stringContaining('3 of 3') }])
  expect(feeds.map(({ mood }) => mood)).toEqual(['failing', 'failing', 'failing'])
})
