import { describe, expect, it } from 'vitest'
import { balancesOf, balanceText, dayName, parseDay } from '../../src/core/audit.ts'

const NOW = Date.UTC(2026, 10, 25, 13, 5)

describe('a day', () => {
  it.each([
    ['2026-11-24', '2026-11-24'],
    ['', '2026-11-25'],
    [' Today ', '2026-11-25'],
    ['yesterday', '2026-11-24'],
    ['2024-02-29', '2024-02-29'],
  ])('is read from "%s"', (typed, name) => {
    const day = parseDay(typed, NOW)
    expect(day && dayName(day.since)).toBe(name)
    expect(day && day.until - day.since).toBe(86_400_000)
  })

  it.each(['2026-02-30', '25.11.2026', 'tomorrow', '2026-13-01', '2026-11-25T00:00'])('is none in "%s"', (typed) => {
    expect(parseDay(typed, NOW)).toBeUndefined()
  })
})

describe('balances', () => {
  const row = (target: string, fate: 'posted' | 'dead' | 'lost', count: number) =>
    ({ target, serverId: 's', fate, reason: fate === 'posted' ? '' : 'x', count }) as const

  it('are summed by target, trouble first', () => {
    const balances = balancesOf([
      row('a', 'posted', 9),
      row('b', 'posted', 1),
      row('b', 'dead', 2),
      row('c', 'lost', 1),
    ])
    expect(balances.map(({ target }) => target)).toEqual(['c', 'b', 'a'])
    expect(balances.map(balanceText)).toEqual(['1 seen = 1 lost', '3 seen = 1 posted + 2 dead', '9 seen = 9 posted'])
    expect(balances[2]?.reasons).toEqual([])
  })
})
