/** Much is deleted a part at a time, so that others have their turn between. */
import { setImmediate as breath } from 'node:timers/promises'
import type { Sql } from './sql.ts'

/** Until a part finds nothing. */
export async function untilNothing(part: () => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const gone = await part()
    if (gone === 0) return total
    total += gone
    await breath()
  }
}

export function forgetDelivery(sql: Sql, seq: number): void {
  sql.run('delete from delivery_subscriptions where seq = :seq', { seq })
  sql.run('delete from deliveries where seq = :seq', { seq })
}
