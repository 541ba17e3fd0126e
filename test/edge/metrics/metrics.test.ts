import { describe, expect, it } from 'vitest'
import { houseCollector, processCollector } from '../../../src/edge/metrics/collected.ts'
import { measuredChat, measuredStore } from '../../../src/edge/metrics/measured.ts'
import { createMetrics } from '../../../src/edge/metrics/metrics.ts'
import type { Posting } from '../../../src/flow/ports.ts'
import { notice, T0 } from '../../contract/store/world.ts'
import { createFakeChat } from '../../fakes/chat.ts'
import { createMemoryStore } from '../../fakes/memory-store.ts'

const never = new AbortController().signal

describe('metrics', () => {
  it('are told as Prometheus reads them', async () => {
    const metrics = createMetrics()
    metrics.count('pullquote_loop_steps_total', { loop: 'read', outcome: 'a "b" \\ \n' })
    metrics.count('pullquote_loop_steps_total', { loop: 'read', outcome: 'a "b" \\ \n' })
    metrics.observe('pullquote_stage_seconds', { stage: 'read' }, 0.3)
    metrics.observe('pullquote_stage_seconds', { stage: 'read' }, 400)
    metrics.collect(async () => [{ name: 'x', help: 'An x.', values: [{ value: 5 }] }])
    metrics.collect(async () => {
      throw new Error('broken')
    })
    const text = await metrics.text()
    expect(text).toContain('# TYPE pullquote_loop_steps_total counter\n')
    expect(text).toContain('pullquote_loop_steps_total{loop="read",outcome="a \\"b\\" \\\\ \\n"} 2\n')
    expect(text).toContain('pullquote_stage_seconds_bucket{stage="read",le="0.25"} 0\n')
    expect(text).toContain('pullquote_stage_seconds_bucket{stage="read",le="0.5"} 1\n')
    expect(text).toContain('pullquote_stage_seconds_bucket{stage="read",le="+Inf"} 2\n')
    expect(text).toContain('pullquote_stage_seconds_sum{stage="read"} 400.3\n')
    expect(text).toContain('# HELP x An x.\n# TYPE x gauge\nx 5\n')
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="(?:[^"\\]|\\.)*",?)+\})? [\d.e+-]+)$/)
  })

  it('have a bound on their series', async () => {
    const metrics = createMetrics()
    for (let n = 0; n < 1_200; n++) metrics.count('many', { n: String(n) })
    expect((await metrics.text()).split('\n').filter((line) => line.startsWith('many{'))).toHaveLength(1_000)
  })

  it('count what the far side says, and what throws', async () => {
    const metrics = createMetrics()
    const far = createFakeChat(() => T0)
    const chat = measuredChat(far.chat, { metrics, now: () => T0, elapsed: () => 0 })
    const posting = { target: notice(1).alert.target, payload: '{}', nonce: 'n' } as Posting
    far.fates.push({ kind: 'ok' }, { kind: 'throws' })
    await chat.post(posting, never)
    await expect(chat.post(posting, never)).rejects.toThrow()
    await chat.find({ target: posting.target, nonce: 'x' }, never)
    const text = await metrics.text()
    expect(text).toContain('pullquote_discord_requests_total{call="post",outcome="sent"} 1')
    expect(text).toContain('pullquote_discord_requests_total{call="post",outcome="threw"} 1')
    expect(text).toContain('pullquote_discord_requests_total{call="find",outcome="absent"} 1')
  })

  it('tell how long a stage took, the queues, and how the process does', async () => {
    const metrics = createMetrics()
    let now = T0
    const store = measuredStore(createMemoryStore(), { metrics, now: () => now, elapsed: () => now })
    await store.addDelivery(notice(1), now)
    await store.addDelivery(notice(2), now)
    const claim = await store.claimDelivery({ lease: 'one', leaseMs: 60_000 }, now)
    if (!claim) throw new Error('nothing is due')
    now += 3_000
    const { id, alert, createdAt, attempts, nonce, wantedRevision } = claim.work
    const begun = { payload: '{}', firstAt: now, lastAt: now, shownRevision: 0 }
    const sent = {
      id,
      alert,
      createdAt,
      attempts,
      nonce,
      wantedRevision,
      state: 'sent',
      begun,
      sentAt: now,
      editAt: now,
      editAttempts: 0,
      message: { channelId: 'harbour', messageId: '5' },
    }
    await store.saveDelivery(claim, sent as never, true)
    const turns = () => new Map([['read', { turnedAt: T0 }]] as const)
    metrics.collect(houseCollector({ store, now: () => now, turns, version: '1.2.3' }))
    const own = processCollector()
    metrics.collect(own.collector)
    const text = await metrics.text()
    expect(text).toContain('pullquote_stage_seconds_sum{stage="deliver"} 3\n')
    expect(text).toContain('pullquote_queue{loop="deliver"} 1\n')
    expect(text).toContain('pullquote_deliveries{state="sent"} 1\n')
    expect(text).toContain(`pullquote_loop_last_turn_seconds{loop="read"} ${T0 / 1_000}\n`)
    expect(text).toContain('pullquote_info{version="1.2.3"} 1\n')
    expect(text).toMatch(/pullquote_event_loop_delay_seconds\{quantile="0.99"\} [\d.e-]+\n/)
    expect(text).toMatch(/process_resident_memory_bytes \d{6,}\n/)
    own.close()
  })
})
