import { expect, test } from 'vitest'
import { findQuotes } from '../../src/core/quotes.ts'

// Every person and body here is invented.

test.each<[kind: string, article: string, speaker: string]>([
  ['a name', '“The river is rising,” the Lum River Authority said on Monday.', 'Lum River Authority'],
  [
    'before the words',
    'The Lum Ministry of Public Works said it was “an accident waiting to happen.”',
    'Lum Ministry of Public Works',
  ],
  [
    'in a statement',
    '“The river is rising,” the Valley Water Commission said in a statement.',
    'Valley Water Commission',
  ],
  ['letters', '“The river is rising,” the LRAX said on Monday.', 'LRAX'],
  ['whose it is', '“The river is rising,” Austria’s River Board said on Monday.', 'Austria’s River Board'],
  ['according to', 'The river is “rising by the hour,” according to the Lum River Authority.', 'Lum River Authority'],
  [
    'the same by its noun',
    'The Lum River Authority met on Monday. “The river is rising,” the authority said.',
    'Lum River Authority',
  ],
  ['a second half', '“The river is rising,” the Lum River Authority said. “Nobody may swim.”', 'Lum River Authority'],
  ['who reads it out', '“The river is rising,” Ana Sol, a spokeswoman for the Lum River Authority, said.', 'Ana Sol'],
  [
    'a statement of somebody, read out by another',
    '“The river is rising,” Ana Sol said in a statement read out by her lawyer, Bo Marsh.',
    'Ana Sol',
  ],
  [
    'a statement that somebody reads out',
    'In a statement read out by his lawyer Bo Marsh, Peter Sol said he was “sorry for every word.”',
    'Peter Sol',
  ],
  [
    'a statement of nobody that somebody reads out',
    '“The river is rising,” according to a statement read out by spokeswoman Carla Pine.',
    'Carla Pine',
  ],
])('An organisation speaks, or who speaks for it: %s', (_kind, article, speaker) => {
  expect(findQuotes(article).at(-1)?.speaker?.name).toBe(speaker)
})
