/** `pullquote retry`: what is held or dead goes back into its queue; without an id, the list of it. */
import { targetKey } from '../core/follow.ts'
import type { ChannelId, DeliveryId } from '../core/model.ts'
import type { DeliveryRow, Store } from '../flow/ports/store.ts'
import { withStore } from './beside.ts'
import { EXIT, Exit } from './exit.ts'
import { loadSettings } from './house.ts'

export type RetryOptions = Readonly<{ all: boolean; channel?: string }>

/** More is an outage: `--all` takes it in turns. */
const LISTED_MAX = 200
const ROUND_ROWS = 1_000

export async function retry(
  env: NodeJS.ProcessEnv,
  ids: readonly string[],
  { all, channel }: RetryOptions,
): Promise<void> {
  const where = channel === undefined ? {} : { channelId: channel as ChannelId }
  await withStore(loadSettings(env), async (store) => {
    if (all) return print(`${await retryAll(store, where)} back in their queues.\n`)
    if (ids.length > 0) return retryThese(store, ids)
    const rows = await store.troubled({ limit: LISTED_MAX, ...where })
    print(rows.length === 0 ? 'Nothing is held or dead.\n' : list(rows))
  })
}

type Where = Readonly<{ channelId?: ChannelId }>

async function retryAll(store: Store, where: Where): Promise<number> {
  let back = 0
  for (;;) {
    const rows = await store.troubled({ limit: ROUND_ROWS, ...where })
    const before = back
    // The oldest first: that is the order in which they were to be said.
    for (const { delivery } of rows.toReversed()) if (await store.retryDelivery(delivery.id, Date.now())) back++
    if (back === before) return back
  }
}

async function retryThese(store: Store, ids: readonly string[]): Promise<void> {
  const unknown: string[] = []
  for (const id of ids) if (!(await store.retryDelivery(id as DeliveryId, Date.now()))) unknown.push(id)
  if (ids.length > unknown.length) print(`${ids.length - unknown.length} back in their queues.\n`)
  if (unknown.length > 0)
    throw new Exit(
      EXIT.machine,
      `No held or dead delivery has this id: ${unknown.join(', ')}. pullquote retry lists them.`,
    )
}

function list(rows: readonly DeliveryRow[]): string {
  const lines = rows.map(({ delivery: { id, state, alert, createdAt, ...more }, title }) => {
    const reason = 'reason' in more ? more.reason : ''
    return `${id}  ${state}  ${targetKey(alert.target)}  ${new Date(createdAt).toISOString()}  ${reason}\n    ${title.replaceAll(/\s+/g, ' ')}`
  })
  return `${lines.join('\n')}\n→ pullquote retry <id> …, or --all [--channel <id>]\n`
}

function print(text: string): void {
  process.stdout.write(text)
}
