/** One history under way: true time and our clock, the press, the far side, and what was planned to go wrong. */

import type { Store } from '../../src/flow/ports/store.ts'
import type { Chat, Web } from '../../src/flow/ports.ts'
import { createFakeChat, type FakeChat } from '../fakes/chat.ts'
import { emptyState, type State } from '../fakes/memory-store/state.ts'
import { createMemoryStore } from '../fakes/memory-store.ts'
import { randomOf } from '../flow/random.ts'
import { MINUTE, T0 } from '../flow/stage.ts'
import { chatOf, fatesOf, webOf } from './far.ts'
import type { Event, Plan } from './plan.ts'
import { createPress, type Press } from './press.ts'
import { createTime, type Time } from './time.ts'

export type Life = { isOver: boolean }
type Armed = { event: Extract<Event, { kind: 'kill' | 'broken' }>; left: number }

export type Run = {
  readonly plan: Plan
  readonly time: Time
  readonly state: State
  readonly store: Store
  readonly press: Press
  readonly far: FakeChat
  readonly chat: Chat
  readonly web: Web
  /** Our clock, which may be put forward or back against true time. */
  now(): number
  skewMs: number
  start: (run: Run, how: Readonly<{ dropsLeases: boolean }>) => void
  armed: Armed[]
  below(limit: number): number
  /** Before the storm and after it nothing goes wrong. */
  isCalm: boolean
  lives: number
  kills: number
  calls: number
  /** Nonces that were refused, held or folded once: what became of them later has no place in the order. */
  readonly refused: Set<string>
  /** Messages of which an edit was refused for good. */
  readonly unedited: Set<string>
  /** Pages that could not be had once: the feed's words do not take a page's place. */
  readonly unread: Set<string>
  /** Wakes every loop of the life that is. */
  wakeUp(): void
  /** Counts a call, and tells whether it fails, or is the last one. A call that dies before its effect ends the life here. */
  callsPort(kind: string, life: Life): 'breaks' | 'last' | undefined
  pauseMs(kind: string): number
  kill(life: Life): void
  /** Delivery was told to stop: an operator mends it, and starts the bot anew. */
  restartSoon(life: Life): void
}

/** Calls to ports; an honest history needs a tenth. What needs more never comes to rest. */
const CALLS_MAX = 100_000
const MENDED_MS = 10 * MINUTE
/** @param start - makes a life of the bot */
export function createRun(plan: Plan, start: Run['start']): Run {
  const time = createTime(T0)
  const random = randomOf(plan.seed ^ 0x5eed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const state = emptyState()
  const press = createPress()
  const far = createFakeChat(time.now)
  const fates = fatesOf(plan)
  const store = createMemoryStore(state)
  const run: Run = {
    plan,
    time,
    state,
    store: {
      ...store,
      async keepArticle(...given) {
        const kept = await store.keepArticle(...given)
        for (const { delivery } of state.deliveries) if (delivery.state === 'folded') run.refused.add(delivery.nonce)
        return kept
      },
    },
    press,
    far,
    chat: chatOf(far, fates, () => run),
    web: webOf(press, fates, () => run),
    now: () => time.now() + run.skewMs,
    below,
    start,
    isCalm: true,
    lives: 0,
    kills: 0,
    calls: 0,
    skewMs: 0,
    armed: [],
    refused: new Set(),
    unedited: new Set(),
    unread: new Set(),
    wakeUp: () => {},
    callsPort: (kind, life) => callsPort(run, kind, life),
    pauseMs: (kind) => (kind === 'store' ? (random() < 0.1 ? below(40) : 0) : 20 + below(400)),
    kill(life) {
      if (life.isOver) return
      life.isOver = true
      run.kills++
    },
    restartSoon(life) {
      time.at(time.now() + MENDED_MS, () => {
        if (life.isOver) return
        life.isOver = true
        run.lives++
        start(run, { dropsLeases: true })
      })
    },
  }
  return run
}

function callsPort(run: Run, kind: string, life: Life): 'breaks' | 'last' | undefined {
  if (++run.calls > CALLS_MAX) {
    life.isOver = true
    return undefined
  }
  if (run.isCalm) return undefined
  for (const armed of run.armed) {
    if (armed.event.kind === 'broken' && kind !== 'store') continue
    if (armed.left-- > 0) continue
    run.armed.splice(run.armed.indexOf(armed), 1)
    if (armed.event.kind === 'broken') return 'breaks'
    const { isBefore, downMs, dropsLeases } = armed.event
    run.time.at(run.time.now() + downMs, () => {
      // It may live on for a moment, in the call that is its last.
      life.isOver = true
      run.lives++
      run.start(run, { dropsLeases })
    })
    if (!isBefore) return 'last'
    run.kill(life)
    return undefined
  }
  return undefined
}
