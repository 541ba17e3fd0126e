/** The shortest history that still fails: events are taken out for as long as the fault stays. */
import type { Event, Plan } from './plan.ts'

/** Histories played at the most; a plan of fifty events takes about two hundred. */
const TRIES_MAX = 600

/** @param fails - whether a plan still shows the fault
 *  @returns a plan of which no event may go, or the shortest found within the tries */
export async function shrink(plan: Plan, fails: (plan: Plan) => Promise<boolean>): Promise<Plan> {
  let tries = 0
  const still = async (shorter: Plan): Promise<boolean> => tries++ < TRIES_MAX && (await fails(shorter))
  let best = await withFewerChannels(plan, still)
  let size = Math.ceil(best.events.length / 2)
  while (size > 0 && tries < TRIES_MAX) {
    const before = best.events.length
    for (let from = 0; from < best.events.length; ) {
      const shorter = { ...best, events: best.events.toSpliced(from, size) }
      if (await still(shorter)) best = shorter
      else from += size
    }
    // Once more at the same size when something went: what was needed before may be needed no more.
    if (best.events.length === before) size = size === 1 ? 0 : Math.ceil(size / 2)
    else size = Math.min(size, best.events.length)
  }
  return smaller(best, still)
}

type Still = (plan: Plan) => Promise<boolean>

async function withFewerChannels(plan: Plan, still: Still): Promise<Plan> {
  for (const channel of plan.channels) {
    const one = { ...plan, channels: [channel] }
    if (await still(one)) return one
  }
  return plan
}

/** Floods lose their events too. */
async function smaller(plan: Plan, still: Still): Promise<Plan> {
  let best = plan
  for (const [n, event] of plan.events.entries()) {
    if (event.kind !== 'flood') continue
    for (let count = Math.floor(event.events.length / 2); count > 0; count = Math.floor(count / 2)) {
      const flood: Event = { ...event, events: event.events.slice(0, count) }
      const shorter = { ...best, events: best.events.with(n, flood) }
      if (await still(shorter)) best = shorter
    }
  }
  return best
}
