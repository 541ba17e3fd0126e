/** The balance of a channel and a day: everything that was seen for it is accounted for, with its reason. */

/** What became of an alert. `withdrawn`: whoever asked for it stopped asking before it was said. `lost`: nobody knows, which is a bug or a
 *  damaged database. */
export const FATES = ['posted', 'folded', 'muted', 'held', 'dead', 'withdrawn', 'waiting', 'lost'] as const
export type Fate = (typeof FATES)[number]

/** Alerts of one target that came to one end for one reason. */
export type AuditRow = Readonly<{
  /** "channel:123", "person:456". */
  target: string
  serverId: string
  fate: Fate
  /** In the far side's words, or ours; '' where the fate says all. */
  reason: string
  count: number
}>

/** `seen` is what the journal wrote down when it was decided; the fates are what its deliveries say now. */
export type Balance = Readonly<{
  target: string
  serverId: string
  seen: number
  fates: Readonly<Record<Fate, number>>
  /** Most first, of what was not simply posted. */
  reasons: readonly Readonly<{ fate: Fate; reason: string; count: number }>[]
}>

/** One a target, those with something lost or held first. */
export function balancesOf(rows: readonly AuditRow[]): readonly Balance[] {
  const balances = [...Map.groupBy(rows, ({ target }) => target)].map(([target, own]): Balance => {
    const count = (fate: Fate): number =>
      own.filter((row) => row.fate === fate).reduce((sum, row) => sum + row.count, 0)
    const fates = Object.fromEntries(FATES.map((fate) => [fate, count(fate)])) as Record<Fate, number>
    const reasons = own
      .filter(({ fate, reason }) => fate !== 'posted' || reason !== '')
      .map(({ fate, reason, count }) => ({ fate, reason, count }))
      .sort((a, b) => b.count - a.count)
    return { target, serverId: own[0]?.serverId ?? '', seen: sumOf(fates), fates, reasons }
  })
  return balances.sort((a, b) => troubleOf(b) - troubleOf(a) || b.seen - a.seen || (a.target < b.target ? -1 : 1))
}

function sumOf(fates: Readonly<Record<Fate, number>>): number {
  return FATES.reduce((sum, fate) => sum + fates[fate], 0)
}

function troubleOf({ fates }: Balance): number {
  return fates.lost * 1_000_000 + fates.held + fates.dead
}

/** "12 seen = 9 posted + 2 folded + 1 held" */
export function balanceText({ seen, fates }: Pick<Balance, 'seen' | 'fates'>): string {
  const parts = FATES.filter((fate) => fates[fate] > 0).map((fate) => `${fates[fate]} ${fate}`)
  return `${seen} seen${parts.length > 0 ? ` = ${parts.join(' + ')}` : ''}`
}

const DAY_MS = 86_400_000
export type Day = Readonly<{ since: number; until: number }>

/** The day (UTC) that a moment is in. */
export function dayOf(at: number): Day {
  const since = Math.floor(at / DAY_MS) * DAY_MS
  return { since, until: since + DAY_MS }
}

/** "2026-11-25", "today" or "yesterday". Undefined for what is none. */
export function parseDay(typed: string, now: number): Day | undefined {
  const text = typed.trim().toLowerCase()
  if (text === '' || text === 'today') return dayOf(now)
  if (text === 'yesterday') return dayOf(now - DAY_MS)
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day))
  // The 31st of February is in March.
  return year !== '' && dayName(at) === text ? dayOf(at) : undefined
}

export function dayName(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
