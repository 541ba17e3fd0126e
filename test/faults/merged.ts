/** Of worlds that played the same case beside each other. */
import type { Result } from './acts.ts'

export function merged(results: readonly Result[]): Result {
  const [first] = results
  if (!first) throw new Error('Nothing was played')
  const sum = (of: (result: Result) => number): number => results.reduce((total, result) => total + of(result), 0)
  return {
    ...first,
    played: results.map(({ played }) => played).join(' + '),
    alerts: sum(({ alerts }) => alerts),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    disordered: sum(({ disordered }) => disordered),
    excused: sum(({ excused }) => excused),
    tookS: Math.max(...results.map(({ tookS }) => tookS)),
    broken: results.flatMap(({ broken }) => broken),
  }
}
