import { expect, it } from 'vitest'
import { killTest } from './kill-discord.ts'

/** The long form is `npm run kill:discord`. */
/** Twice it ran out of time beside the whole suite on two cores, while it takes 22 s alone: the long form is what counts there. */
const onItsOwn = process.env['CI'] === 'true'

it.skipIf(onItsOwn)(
  'says every alert to Discord once although it is killed six times and a quarter of the requests go wrong',
  async () => {
    const { livesWithPosts, faults, ...report } = await killTest({ seed: 7, kills: 6, stories: 6 })
    expect(report).toMatchObject({
      alerts: 36,
      kills: 6,
      lost: [],
      doubled: [],
      unsettled: [],
      database: 'ok',
      violations: 0,
      exitCode: 0,
    })
    expect(livesWithPosts).toBeGreaterThan(0)
    expect(faults).toBeGreaterThan(0)
  },
  180_000,
)
