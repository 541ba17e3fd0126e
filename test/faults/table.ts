/** The table of results, as it stands in a terminal. */
import type { Result } from './acts.ts'

const COLUMNS = [
  { head: '', cell: ({ name }: Result) => name },
  { head: 'seed', cell: ({ seed }: Result) => String(seed) },
  { head: 'alerts', cell: ({ alerts }: Result) => String(alerts) },
  { head: 'lost', cell: ({ lost }: Result) => String(lost) },
  { head: 'doubled', cell: ({ doubled }: Result) => String(doubled) },
  { head: 'order', cell: ({ disordered }: Result) => (disordered === 0 ? 'kept' : `${disordered} not`) },
  { head: 'held, dead', cell: ({ excused }: Result) => String(excused) },
  { head: 'seconds', cell: ({ tookS }: Result) => String(tookS) },
  { head: '', cell: ({ broken }: Result) => (broken.length === 0 ? 'holds' : 'BROKEN') },
  { head: 'played', cell: ({ played }: Result) => played },
] as const
const WIDTHS = [4, 6, 6, 4, 7, 6, 10, 7, 6, 0]

export function tableOf(results: readonly Result[], headed = true): string {
  const rows = results.map((result) => lineOf(COLUMNS.map(({ cell }) => cell(result))))
  return (headed ? [lineOf(COLUMNS.map(({ head }) => head)), ...rows] : rows).join('\n')
}

function lineOf(cells: readonly string[]): string {
  return cells
    .map((cell, n) => cell.padEnd(WIDTHS[n] ?? 0))
    .join('  ')
    .trimEnd()
}
