import { expect, it } from 'vitest'
import { notice, T0 } from '../contract/store/world.ts'
import { ALONE, MANAGER, READER, STRANGER, textOf, useHouse } from './house.ts'
import { newsroom } from './newsroom.ts'

const house = useHouse(newsroom)
const asked = async (options: Readonly<Record<string, string>>, asker = READER) =>
  textOf(await house.run('status', options, asker))

it('/status tells the balance of a channel and a day, and of this server only', async () => {
  for (const n of [1, 2]) await house.store.addDelivery(notice(n), T0)
  expect(await asked({ day: '2026-11-03', channel: 'harbour' })).toMatch(
    /2026-11-03 \(UTC\)\n#harbour 2 seen = 2 waiting\n.*2 waiting: queued/,
  )
  expect(await asked({ day: '2026-11-03' })).toContain('2 seen')
  expect(await asked({ day: '2026-11-03', channel: 'harbour' }, STRANGER)).toContain('Nothing was seen')
  expect(await asked({ day: 'yesterday' }, MANAGER)).toContain('Nothing was seen')
})

it('/status says what is no day, and where a balance is to be asked for', async () => {
  expect(await asked({ day: 'tomorrow' })).toMatch(/tomorrow is no day\.[\s\S]*2026-11-25/)
  expect(await asked({ day: 'today' }, ALONE)).toContain('of a server’s channels')
})
