import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/core/near.ts'
import { cpuMs } from '../fakes/cpu.ts'

const NAMES = ['Ilse Varga', 'Tomas Brandl', 'Odile Marchetti', 'Émile Łucki', 'NATO', 'Ukraine']

describe('nearest', () => {
  it.each([
    ['Ilse Vargo', ['Ilse Varga']],
    ['varga', ['Ilse Varga']],
    ['Brandel', ['Tomas Brandl']],
    ['emile lucki', ['Émile Łucki']],
    ['ukrane', ['Ukraine']],
    ['mar', ['Odile Marchetti']],
    ['nat', ['NATO']],
    ['zzz', []],
    ['', []],
    ['x', []],
  ] as const)('finds for %j %j', (typed, names) => {
    expect(nearest(typed, NAMES, 3)).toEqual(names)
  })

  it('puts the nearest first and keeps no more than asked', () => {
    expect(nearest('north', ['Northern', 'Norths', 'North'], 2)).toEqual(['North', 'Norths'])
  })

  it('says one name once', () => {
    expect(nearest('The Lamp', ['The Lamp', 'The Lamp'], 3)).toEqual(['The Lamp'])
  })

  it('takes a hostile text in no time', () => {
    const startedAt = cpuMs()
    nearest(
      'a'.repeat(6_000),
      Array.from({ length: 500 }, (_, n) => 'a'.repeat(200) + n),
      3,
    )
    expect(cpuMs() - startedAt).toBeLessThan(1_500)
  })
})
