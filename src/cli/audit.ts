/** `pullquote audit`: the balance of every channel and a day. Exit code 3 where something is lost. */
import { type Balance, balancesOf, balanceText, dayName, parseDay } from '../core/audit.ts'
import type { ChannelId } from '../core/model.ts'
import { withStore } from './beside.ts'
import { EXIT, Exit } from './exit.ts'
import { loadSettings } from './house.ts'

export type AuditOptions = Readonly<{ channel?: string; day?: string; json: boolean }>

export async function audit(
  env: NodeJS.ProcessEnv,
  { channel, day: typed = 'today', json }: AuditOptions,
): Promise<void> {
  const settings = loadSettings(env)
  const day = parseDay(typed, Date.now())
  if (!day) throw new Exit(EXIT.usage, `"${typed}" is no day. Write it as 2026-11-25, or today, or yesterday.`)
  const asked = { ...day, ...(channel === undefined ? {} : { channelId: channel as ChannelId }) }
  const balances = balancesOf(await withStore(settings, (store) => store.audit(asked)))
  const name = dayName(day.since)
  process.stdout.write(json ? `${JSON.stringify({ day: name, balances }, undefined, 2)}\n` : report(name, balances))
  const lost = balances.reduce((sum, { fates }) => sum + fates.lost, 0)
  if (lost > 0)
    throw new Exit(
      EXIT.unwell,
      `The balance does not add up: ${lost} lost. Run pullquote doctor, and report it with this output.`,
    )
}

function report(day: string, balances: readonly Balance[]): string {
  if (balances.length === 0) return `${day} (UTC): nothing was seen.\n`
  const lines = balances.flatMap((balance) => [
    `${balance.fates.lost > 0 ? '✗' : '✓'} ${balance.target}: ${balanceText(balance)}`,
    ...balance.reasons.map(({ fate, reason, count }) => `    ${count} ${fate}${reason ? `: ${reason}` : ''}`),
  ])
  const troubled = balances.some(({ fates }) => fates.held + fates.dead > 0)
  const cure = troubled ? ['→ pullquote retry lists what is held or dead, and sends it again.'] : []
  return `${[`${day} (UTC)`, ...lines, ...cure].join('\n')}\n`
}
