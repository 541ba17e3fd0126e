import { expect, it } from 'vitest'
import { followed, publish } from './news.ts'
import { channel, DAY, MINUTE, T0, useStage } from './stage.ts'

const stage = useStage()

it('is not silent for a year where the clock was a year ahead, once it is started again', async () => {
  stage.now = T0 + 365 * DAY
  await followed(stage, 'tide')
  await stage.subscribe('a')
  await stage.subscribe('b', { target: channel('listed'), rhythm: 'daily' })
  publish(stage, 'tide', [{ name: 'ahead', at: T0 }])
  stage.far.fates.push({ kind: 'says', outcome: { kind: 'notSent', afterMs: 1, attempt: false, reason: '429' } })
  await stage.after(6 * MINUTE)
  expect(stage.far.messages).toEqual([])
  stage.now = T0
  await stage.reopen()
  publish(stage, 'tide', [
    { name: 'later', at: T0 },
    { name: 'ahead', at: T0 },
  ])
  // Whatever waited waits as long as it would have, and no longer: a poll its minutes, a list its day.
  await stage.after(6 * MINUTE)
  expect(stage.shown()).toHaveLength(2)
  await stage.after(DAY)
  const lists = stage.shown(channel('listed').channelId).join()
  expect(lists.match(/tide\.example\/\w+/g)).toEqual(['tide.example/ahead', 'tide.example/later'])
})

it('keeps what is planned for the coming days', async () => {
  await followed(stage, 'tide')
  await stage.subscribe('a', { rhythm: 'daily' })
  publish(stage, 'tide', [{ name: 'new', at: T0 }])
  await stage.after(6 * MINUTE)
  await stage.reopen()
  await stage.walk()
  expect(stage.shown()).toEqual([])
  const [row] = await stage.deliveries()
  expect(row).toMatchObject({ state: 'folded', digestAt: T0 + 20 * 60 * MINUTE })
})
