/** Deliveries that need no story. */
import type { PlannedDelivery } from '../../src/core/alert.ts'
import type { Alert, Outcome, Target } from '../../src/core/model.ts'
import type { PostFate } from '../fakes/chat.ts'
import { BELTRAN, channel, T0 } from './stage.ts'

/** A notice needs no story: the shortest thing to deliver. */
export function notice(n: number, target: Target = channel('harbour')): PlannedDelivery {
  const alert = {
    target,
    subject: { kind: 'notice', feedId: 'tide', event: 'down', n },
    part: 0,
    serverId: BELTRAN,
    subscriptionIds: [],
    matches: [],
    style: 'full',
    mentions: [],
    notice: `Notice ${n}`,
  } as unknown as Alert
  return { alert, state: 'queued', dueAt: T0 }
}

export function says(outcome: Outcome): PostFate {
  return { kind: 'says', outcome }
}
