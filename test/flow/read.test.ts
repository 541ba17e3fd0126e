import { describe, expect, it } from 'vitest'
import { followed, lark, page, publish, TEXT } from './news.ts'
import { MINUTE, SECOND, T0, useStage } from './stage.ts'

const stage = useStage()
const NEXT = 6 * MINUTE

describe('a page that does not answer', () => {
  it.each([
    ['for a while', { status: 503 }],
    ['because there are too many of us', { status: 429 }],
    ['with half of itself', { body: 'x'.repeat(500), fault: 'reset' }],
  ] as const)('%s is asked once more, then the feed\u2019s own words must do', async (_name, answer) => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    publish(stage, 'tide', [{ name: 'new', at: T0, summary: 'The ferry sails on with its own words.' }])
    stage.strings.set('tide.example/new', answer)
    await stage.after(NEXT)
    expect(stage.shown()).toEqual([])
    await stage.after(19 * SECOND)
    expect(stage.strings.count('/new')).toBe(1)
    await stage.after(SECOND)
    expect(stage.strings.count('/new')).toBe(2)
    expect(stage.shown()).toHaveLength(1)
    expect(stage.shown()[0]).toContain('own words')
  })

  it('and asks for hours of patience is not waited for', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    publish(stage, 'tide', [{ name: 'new', at: T0 }])
    stage.strings.set('tide.example/new', { status: 503, headers: { 'retry-after': '86400' } })
    await stage.after(NEXT)
    expect(stage.shown()).toHaveLength(1)
  })

  it('comes back the second time', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    publish(stage, 'tide', [lark(stage)])
    const answers = [{ status: 500 }]
    stage.strings.set('tide.example/lark', () => answers.shift() ?? page('Ferry aground', TEXT))
    await stage.after(NEXT)
    await stage.after(20 * SECOND)
    expect(stage.shown()[0]).toContain('Ingrid Aalto')
  })

  it.each([
    ['is not there', { status: 404 }],
    ['may not be seen', { status: 403 }],
  ])('because it %s is not asked twice', async (_name, answer) => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    publish(stage, 'tide', [{ name: 'new', at: T0 }])
    stage.strings.set('tide.example/new', answer)
    await stage.after(NEXT)
    expect(stage.shown()).toHaveLength(1)
    expect(stage.strings.count('/new')).toBe(1)
  })
})

it.each([
  ['leads inside', 'http://169.254.169.254/latest'],
  ['is no address', 'javascript:alert(1)'],
])('reads the feed\u2019s own words where the address %s', async (_name, url) => {
  await followed(stage, 'tide')
  await stage.subscribe('a')
  publish(stage, 'tide', [{ name: 'new', at: T0 }])
  const feed = `<rss version="2.0"><channel><item><guid isPermaLink="false">x</guid><title>A ferry of words</title><link>${url}</link></item></channel></rss>`
  stage.strings.set('tide.example/feed', feed)
  await stage.after(NEXT)
  expect(stage.shown()).toHaveLength(1)
})

describe('a page that kills its reader', () => {
  it('costs its text, never its alert', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    stage.loses = ({ page }) => (page ? 'too slow' : undefined)
    publish(stage, 'tide', [{ name: 'new', at: T0, summary: 'The feed said this of the ferry.' }])
    await stage.after(NEXT)
    expect(stage.shown()[0]).toContain('The feed said this of the ferry')
    expect(stage.logged).toContainEqual(expect.objectContaining({ event: 'reading lost', reason: 'too slow' }))
  })

  it('costs the feed\u2019s words as well, if they kill it too, and leaves the title', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    stage.loses = ({ page, item }) => (page || item.summary ? 'crashed' : undefined)
    publish(stage, 'tide', [{ name: 'new', at: T0, title: 'The ferry is late' }])
    await stage.after(NEXT)
    expect(stage.shown()[0]).toContain('The ferry is late')
  })

  it('holds up nobody else when even its title is lost, and is tried again', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    stage.loses = ({ item }) => (item.guid === 'bad' ? 'crashed' : undefined)
    publish(stage, 'tide', [
      { name: 'good', at: T0 },
      { name: 'bad', at: T0 - 1 },
    ])
    stage.now += NEXT
    await stage.gather()
    await expect(stage.read()).rejects.toThrow('its title alone was lost')
    await stage.read()
    await stage.deliver()
    expect(stage.shown()).toHaveLength(1)
    stage.loses = () => undefined
    await stage.after(5 * MINUTE)
    expect(stage.shown()).toHaveLength(2)
  })
})

describe('an item under which life after life ended', () => {
  it('is read whole as long as that may be chance, then its title alone is told', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    publish(stage, 'tide', [{ name: 'new', at: T0, title: 'The ferry is late', summary: 'In the words of the feed.' }])
    stage.now += NEXT
    await stage.gather()
    for (let life = 0; life < LIVES; life++) {
      expect(await stage.store.claimItems({ lease: `life ${life}`, leaseMs: MINUTE, max: 1 }, stage.now)).toHaveLength(
        1,
      )
      stage.now += MINUTE
    }
    await stage.read()
    await stage.deliver()
    expect(stage.shown()).toHaveLength(1)
    expect(stage.shown()[0]).toContain('The ferry is late')
    expect(stage.shown()[0]).not.toContain('words of the feed')
    expect(stage.strings.count('/new')).toBe(0)
  })
})
const LIVES = 11

describe('a page that shows nothing without its script', () => {
  const shell = '<html><head><link rel="amphtml" href="/amp/lark"></head><body><div id="app"></div></body></html>'

  it('is read from its AMP variant, and keeps its own address', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    publish(stage, 'tide', [lark(stage, { summary: 'A ferry is aground.' })])
    stage.strings.set('tide.example/lark', shell)
    stage.strings.set('tide.example/amp/lark', page('Ferry aground', TEXT))
    await stage.after(NEXT)
    expect(stage.shown()[0]).toContain('Ingrid Aalto')
    expect(stage.shown()[0]).not.toContain('/amp/')
  })

  it.each([
    ['is not there', { status: 404 }],
    ['shows nothing either', shell],
  ])('speaks in the feed\u2019s words where the variant %s', async (_name, answer) => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    publish(stage, 'tide', [lark(stage, { summary: 'A ferry is aground.' })])
    stage.strings.set('tide.example/lark', shell)
    stage.strings.set('tide.example/amp/lark', answer)
    await stage.after(NEXT)
    expect(stage.shown()[0]).toContain('A ferry is aground')
    expect(stage.strings.count('/amp/lark')).toBe(1)
  })

  it('loses the variant alone, if that kills its reader', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    stage.loses = (job) => (job.page?.url.includes('/amp/') ? 'too slow' : undefined)
    publish(stage, 'tide', [lark(stage, { summary: 'A ferry is aground.' })])
    stage.strings.set('tide.example/lark', shell)
    stage.strings.set('tide.example/amp/lark', page('Ferry aground', TEXT))
    await stage.after(NEXT)
    expect(stage.shown()[0]).toContain('A ferry is aground')
  })
})

describe('the sentence that a topic matched', () => {
  const BRIDGE = [
    'The harbour bridge at Oakmoor was closed on Monday after a storm damaged one of its four cables, the town said.',
    'The storm reached the coast of Westmark on Sunday night and tore a steel cable of the bridge from a ferry on the north side.',
    'Engineers from Westmark will look at every cable of the Oakmoor bridge until Friday, the harbour office said.',
    'Some 14,000 cars cross the Oakmoor bridge each day, and buses will carry commuters of the town from Tuesday, the harbour office said.',
    'The town of Oakmoor paid for the last repair of the bridge in 2022.',
  ]

  it.each([
    ['is told where it is nearly as good', BRIDGE, [0, 1, 2]],
    [
      'is not needed where the summary tells of the topic',
      BRIDGE.with(3, `${BRIDGE[3]}`.replace('buses', 'ferries')),
      [0, 2, 3],
    ],
  ])('%s', async (_name, text, told) => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    publish(stage, 'tide', [{ name: 'bridge', at: T0, title: 'Oakmoor closes its harbour bridge after a storm', text }])
    await stage.after(NEXT)
    const shown = stage.shown()[0] ?? ''
    expect([0, 1, 2, 3, 4].filter((i) => shown.includes(text[i] ?? '?'))).toEqual(told)
  })
})
