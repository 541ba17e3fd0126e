/** Plays a plan: the bot is followed into the storm, through it, and for days after it, until all should be said. */
import { HOUR, MINUTE, T0 } from '../flow/stage.ts'
import { startBot } from './bot.ts'
import { follow, targetOf } from './places.ts'
import { type Event, type Plan, STORM_AT } from './plan.ts'
import { createRun, type Run } from './run.ts'

/** After the last event, things may still go wrong for so long. */
const STORM_TAIL_MS = 15 * MINUTE
/** When people come to the aid, once nothing goes wrong any more; a list may be due within a day and a half. */
const AIDS_MS = [4 * HOUR, 10 * HOUR, 26 * HOUR, 34 * HOUR]
/** Before a feed is asked without validators (a day): what was missed is missed. */
const PAGE_TURNED_MS = 20 * HOUR
const END_MS = 58 * HOUR

export async function play(plan: Plan): Promise<Run> {
  const run = createRun(plan, startBot)
  const { time, press } = run
  await follow(run.store, plan.channels)
  startBot(run, { dropsLeases: true })
  await time.runTo(STORM_AT)
  run.isCalm = false
  let endAt = STORM_AT
  for (const event of plan.events) {
    if (!('at' in event)) continue
    endAt = Math.max(endAt, STORM_AT + event.at)
    time.at(STORM_AT + event.at, () => happen(event, run))
  }
  await time.runTo(endAt + STORM_TAIL_MS)
  const calmAt = time.now()
  run.isCalm = true
  press.calm()
  for (const after of AIDS_MS) time.at(calmAt + after, () => void comeToTheAid(run))
  const back = plan.events.reduce((sum, event) => sum + (event.kind === 'jump' ? Math.max(0, -event.byMs) : 0), 0)
  time.at(calmAt + PAGE_TURNED_MS + back, () => press.turnPage())
  await time.runTo(calmAt + END_MS + back)
  return run
}

function happen(event: Event, run: Run): void {
  const { press, time } = run
  switch (event.kind) {
    case 'tell':
      press.tell(event.feed, event.event, time.now())
      return
    case 'revise':
      press.revise(event.feed, event.event)
      return
    case 'flood':
      for (const one of event.events) press.tell(event.feed, one, time.now())
      return
    case 'kill':
    case 'broken':
      run.armed.push({ event, left: event.call })
      return
    case 'jump':
      run.skewMs += event.byMs
      run.wakeUp()
      return
    case 'mute': {
      const { serverId, channelId } = targetOf(event.channel)
      const what = { kind: 'source', outlet: `The ${event.feed}` } as const
      void run.store.addMute({ serverId, channelId, what, untilAt: T0 + 1_000 * HOUR })
      return
    }
    case 'delete': {
      const own = run.far.messages.filter(
        ({ channel, madeAt }) => channel === event.channel && madeAt < time.now() - 10 * MINUTE,
      )
      const last = own.at(-1)
      if (last) run.far.delete(last.id)
      return
    }
    case 'aid':
      void comeToTheAid(run)
      return
    case 'post':
    case 'edit':
    case 'find':
    case 'web':
      return
  }
}

/** What an operator does: gives rights back, tries again what is dead. */
async function comeToTheAid(run: Run): Promise<void> {
  for (const name of run.plan.channels) await run.store.releaseChannel(targetOf(name).channelId, run.now())
  for (const { delivery } of run.state.deliveries)
    if (delivery.state === 'dead') await run.store.retryDelivery(delivery.id, run.now())
  run.wakeUp()
}
