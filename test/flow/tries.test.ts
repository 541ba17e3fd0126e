import { describe, expect, it } from 'vitest'
import { nonceStillKnown } from '../../src/core/advance.ts'
import { createTries } from '../../src/flow/tries.ts'

const SECOND = 1_000

describe('a nonce is trusted', () => {
  it.each([
    ['within its window', { elapsed: 59 * SECOND, wall: 59 * SECOND }, true],
    ['no longer than that', { elapsed: 60 * SECOND, wall: 60 * SECOND }, false],
    ['no longer where the machine slept, and only its clock went on', { elapsed: SECOND, wall: 200 * SECOND }, false],
    ['no longer where only the clock that nobody can turn went on', { elapsed: 200 * SECOND, wall: SECOND }, false],
    ['no more where the clock was put back', { elapsed: SECOND, wall: -SECOND }, false],
  ])('%s', (_name, later, expected) => {
    let elapsed = 0
    const tries = createTries(() => elapsed)
    tries.begin('n', 0)
    elapsed = later.elapsed
    expect(nonceStillKnown(tries.firstAgeMs('n', later.wall))).toBe(expected)
  })

  it('as of its first try', () => {
    let elapsed = 0
    const tries = createTries(() => elapsed)
    tries.begin('n', 0)
    elapsed = 40 * SECOND
    tries.begin('n', elapsed)
    elapsed = 70 * SECOND
    expect([tries.firstAgeMs('n', elapsed), tries.lastAgeMs('n'), tries.firstAgeMs('other', 0)]).toEqual([
      ...[70 * SECOND, 30 * SECOND],
      undefined,
    ])
  })
})
