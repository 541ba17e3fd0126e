import { expect, it } from 'vitest'
import { createWeb } from '../../src/edge/web/web.ts'
import { startWire } from '../../src/edge/wire/wire.ts'
import { SECOND, T0, topicOf, useStage } from './stage.ts'

const stage = useStage()

it('shows a newcomer in the first minute a card, "Also in", an unchanged feed, a failure and its recovery', async () => {
  const wire = await startWire({ now: () => stage.now })
  const web = createWeb({
    userAgent: 'Pullquote/0 (+test)',
    allowPrivate: [],
    exemptOrigins: [wire.origin],
    now: () => stage.now,
  })
  stage.web = web
  await stage.feeds(...wire.sources)
  await stage.subscribe('a', { follows: { kind: 'words', topic: topicOf('NATO, Ukraine', 'w-sample', 'Sample') } })
  for (let second = 0; second <= 60; second++) {
    stage.now = T0 + second * SECOND
    await stage.walk()
  }
  const polls = stage.logged.filter(({ event }) => event === 'feed polled')
  expect(polls.some(({ outcome }) => outcome === 'unchanged')).toBe(true)
  const failed = polls.findIndex(({ status }) => status === 503)
  expect(failed).toBeGreaterThan(0)
  const after = polls.slice(failed).filter((poll) => poll['feedId'] === polls[failed]?.['feedId'])
  expect(after.at(-1)).toMatchObject({ failures: 0 })
  expect(stage.far.messages.length).toBeGreaterThan(1)
  const [first] = stage.far.messages
  expect((first?.madeAt ?? 0) - T0).toBeLessThan(10 * SECOND)
  expect(stage.far.messages.some(({ payload, edits }) => edits.length > 0 && payload.includes('Also in'))).toBe(true)
  await web.close()
  await wire.close()
})
