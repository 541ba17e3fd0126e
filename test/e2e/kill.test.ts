import { expect, it } from 'vitest'
import { killTest } from './kill.ts'

/** The long form is `npm run kill`. */
it('says every story once although it is killed six times', async () => {
  const { livesWithPosts, ...report } = await killTest({ seed: 7, kills: 6, items: 36 })
  expect(report).toEqual({
    published: 36,
    kills: 6,
    lost: [],
    doubled: [],
    unsettled: [],
    database: 'ok',
    exitCode: 0,
  })
  expect(livesWithPosts).toBeGreaterThan(1)
}, 180_000)
