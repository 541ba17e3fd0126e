/** /feeds list and /status, to whoever looks after the feeds: last outcome, next poll, items a day, failure and cure. */
import { expect, it } from 'vitest'
import type { Feed } from '../../src/core/model.ts'
import { paintReply } from '../../src/core/paint.ts'
import { NEVER_AT } from '../../src/core/schedule.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import { DAY, HOUR, MINUTE, source, T0 } from '../contract/store/world.ts'
import { MANAGER, READER, textOf, useHouse } from './house.ts'

const stamp = (at: number): string => `<t:${Math.floor(at / 1000)}>`
const POLLED_AT = T0 + HOUR
const NEXT_AT = T0 + 2 * HOUR
const house = useHouse(async () => POLLED_AT)

/** Keeps polls that ended so, one a feed, by name. */
async function polls(store: Store, ends: Readonly<Record<string, Partial<Feed>>>): Promise<void> {
  await store.keepCommonFeeds(
    Object.keys(ends).map((name) => source(name)),
    T0,
  )
  const claims = await store.claimFeeds({ lease: 'a', leaseMs: HOUR, max: 100 }, POLLED_AT)
  for (const claimed of claims) {
    const end = ends[claimed.work.id] ?? {}
    const feed = { ...claimed.work, nextPollAt: NEXT_AT, firstPolledAt: T0, ...end }
    await store.keepPoll(claimed, { feed, items: [], admit: () => [] }, POLLED_AT)
  }
}
const last = (more: Partial<NonNullable<Feed['last']>>) =>
  ({ kind: 'failed', at: POLLED_AT, tookMs: 80, ...more }) as const
const well: Partial<Feed> = {
  lastSuccessAt: POLLED_AT,
  itemsAWeek: 17.5,
  last: last({ kind: 'unchanged', status: 304 }),
}
const down: Partial<Feed> = {
  failures: 3,
  failingSince: T0,
  lastSuccessAt: T0 - DAY,
  last: last({ status: 503, detail: 'status' }),
}
const lost: Partial<Feed> = { ...down, last: last({ detail: 'unknown host' }) }

it('says of each feed how it was asked, when it is next, and what it writes a day', async () => {
  await polls(house.store, { tide: well })
  expect(textOf(await house.run('feeds list', {}, READER))).toContain(
    `The tide · outlet · asked ${stamp(POLLED_AT)}, nothing new · next ${stamp(NEXT_AT)} · 2.5 a day`,
  )
})

it('says of one that fails why, since when, when it is tried again, and what to do; before those that do well', async () => {
  await polls(house.store, { alder: well, tide: down })
  const lines = textOf(await house.run('feeds list')).split('\n')
  expect(lines[1]).toBe('1 does not answer; I keep trying')
  expect(lines[2]).toContain(
    `The tide · outlet · ⚠️ 503, first ${stamp(T0)} · again ${stamp(NEXT_AT)} · The site is in trouble, which mostly passes.`,
  )
  expect(lines[3]).toContain('The alder')
})

it('says that one is due, rather than that it is next in the past', async () => {
  await polls(house.store, { tide: well })
  house.now = NEXT_AT + MINUTE
  expect(textOf(await house.run('feeds list'))).toContain(`nothing new · due now · 2.5 a day`)
})

it('names one that is gone or silent with its cure and without a next poll that never comes', async () => {
  const gone: Partial<Feed> = { ...down, nextPollAt: NEVER_AT, last: last({ kind: 'gone', status: 410 }) }
  const cadence = { newestAt: POLLED_AT - 12 * DAY, pauseMs: DAY }
  await polls(house.store, { tide: gone, alder: { ...well, cadence, silent: { sinceAt: T0 } } })
  for (const text of [textOf(await house.run('feeds list')), textOf(await house.run('status'))]) {
    expect(text).toMatch(/410 gone, first \S+ · It says that it is gone for good\./)
    expect(text).toMatch(/quiet since \S+ · next \S+ · It answers, but brought nothing for 12 days\./)
  }
})

it('blames our own network once where most are out of reach', async () => {
  await polls(house.store, { alder: lost, birch: lost, cedar: lost, tide: well })
  for (const text of [textOf(await house.run('feeds list')), textOf(await house.run('status'))]) {
    expect(text).toContain('3 of 4 feeds cannot be reached: look at this machine’s network first.')
    expect(text).not.toContain('Check the spelling')
  }
})

it('/status sums up: what comes a day, when the next is asked, and what fails with its cure', async () => {
  await polls(house.store, { alder: well, birch: { ...well, itemsAWeek: 70 }, tide: down })
  const text = textOf(await house.run('status', {}, MANAGER))
  expect(text).toContain(`2 of 3 feeds answer\n🗓️ 13 items a day · the next feed is asked ${stamp(NEXT_AT)}`)
  expect(text).toContain(`The tide: ⚠️ 503, first ${stamp(T0)} · again ${stamp(NEXT_AT)} · The site is in trouble`)
})

it('fits a page of the worst into one message', async () => {
  const names = Array.from({ length: 12 }, (_, n) => `tide${n}`)
  await polls(house.store, Object.fromEntries(names.map((name) => [name, down])))
  const long = names.map((name) =>
    source(name, {
      title: `${name} ${'*_~`'.repeat(30)}`,
      label: 'of a ministry of the sea and of all that swims in it',
    }),
  )
  await house.store.keepCommonFeeds(long, T0)
  const painted = JSON.stringify(paintReply(await house.run('feeds list')))
  expect(painted.split('I keep trying.')).toHaveLength(1 + 10)
})
