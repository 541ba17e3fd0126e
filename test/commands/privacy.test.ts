import { expect, it } from 'vitest'
import { addFeed, MEADOW, notice, PERSON, T0 } from '../contract/store/world.ts'
import { ALONE, MANAGER, messageOf, READER, STRANGER, textOf, useHouse } from './house.ts'
import { newsroom } from './newsroom.ts'

const house = useHouse(newsroom)
const SERVER = MANAGER.serverId ?? ('' as never)
const shown = async (asker = MANAGER) => textOf(await house.run('privacy', {}, asker))
const subscribed = async () => house.press([await house.run('subscribe', { topic: 'nato' }), 'Subscribe'])
const labels = async (asker = MANAGER) =>
  messageOf(await house.run('privacy', {}, asker)).controls.flatMap((control) =>
    control.kind === 'buttons' ? control.buttons.map(({ label }) => label) : [],
  )

it('tells what is kept of whom, and offers a server to its managers only', async () => {
  await subscribed()
  expect(await shown()).toMatch(/Of you\n.*your id at 1 subscription[\s\S]*Of this server\n.*1 subscription/)
  expect(await shown(READER)).toMatch(/Of you\n.*nothing/)
  expect(await shown(ALONE)).not.toContain('Of this server')
  expect(await labels()).toEqual(['Delete what is kept of me', 'Delete all of this server'])
  expect(await labels(READER)).toEqual(['Delete what is kept of me'])
})

it('takes a person out of everything after a second press, and leaves the server its subscription', async () => {
  await subscribed()
  await addFeed(house.store, 'moor', SERVER)
  const asking = await house.press([await house.run('privacy'), 'Delete what is kept of me'])
  expect((await house.store.keptOf({ personId: PERSON })).person.subscriptions).toBe(1)
  expect(textOf(await house.press([asking, 'Yes, delete it']))).toContain('Nothing of you is kept')
  expect((await house.store.keptOf({ personId: PERSON })).person).toEqual({
    subscriptions: 0,
    feeds: 0,
    quotes: 0,
    messages: 0,
  })
  expect(await house.store.subscriptions(SERVER)).toMatchObject([{ createdBy: '', rhythm: 'each' }])
  expect(await shown()).toMatch(/Of you\n.*nothing/)
})

it('deletes all of a server after a second press, and nothing of another one', async () => {
  await subscribed()
  await addFeed(house.store, 'moor', SERVER)
  await house.store.addDelivery(notice(1), T0)
  await house.store.addDelivery(notice(2, MEADOW), T0)
  const other = await house.store.keptOf(STRANGER)
  const asking = await house.press([await house.run('privacy'), 'Delete all of this server'])
  expect((await house.store.subscriptions(SERVER)).length).toBe(1)
  expect(textOf(await house.press([asking, 'Yes, delete all of it']))).toContain('Nothing of this server is kept')
  expect((await house.store.keptOf(MANAGER)).server).toEqual({
    subscriptions: 0,
    feeds: 0,
    mutes: 0,
    quotes: 0,
    messages: 0,
  })
  expect(await house.store.keptOf(STRANGER)).toEqual(other)
  expect(await house.store.audit({ since: 0, until: Number.MAX_SAFE_INTEGER, serverId: SERVER })).toEqual([])
  await subscribed()
  expect((await house.store.subscriptions(SERVER)).length).toBe(1)
})

it('keeps it all where somebody thought better of it, and refuses a server to those who do not manage it', async () => {
  await subscribed()
  const asking = await house.press([await house.run('privacy'), 'Delete all of this server'])
  expect(textOf(await house.press([asking, 'Keep it']))).toContain('Nothing was deleted')
  for (const verb of ['forgetServer', 'forgotServer'])
    expect(textOf(await house.press(`v1:privacy:${verb}`, { by: READER }))).toContain('Manage Server')
  expect((await house.store.subscriptions(SERVER)).length).toBe(1)
})
