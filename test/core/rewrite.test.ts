import { expect, it } from 'vitest'
import { checkRewrite } from '../../src/core/summary/rewrite.ts'

const article = {
  title: 'Harlow Bay closes its old pier',
  text: 'The council of Harlow Bay voted on Tuesday to close the old pier. Engineers found that eleven of the forty piles had rusted. “The steel is gone,” Mayor Denise Okoro said. The repair would cost £2,400,000.',
}

it.each([
  ['The council of Harlow Bay will close the old pier because eleven of its forty piles have rusted.'],
  ['Harlow Bay closes its pier. Mayor Denise Okoro said “The steel is gone,” and a repair would cost £2.400.000.'],
  ['After a vote on Tuesday the pier closes, since 11 of 40 piles have rusted and the steel is gone.'],
])('A rewrite that says what the article says is taken: %s', (written) => {
  expect(checkRewrite(written, article)).toMatchObject({ kind: 'taken' })
})

it.each([
  [
    'The council of Harlow Bay will close the pier, said councillor Rufus Adeyemi on Tuesday.',
    'a name that the article does not have',
  ],
  [
    'Larkmoor closes its old pier after engineers found rust in eleven piles of the structure.',
    'a name that the article does not have',
  ],
  [
    'The council of Harlow Bay closes the pier because 12 of the forty piles have rusted.',
    'a number that the article does not have',
  ],
  [
    'The council of Harlow Bay closes the pier because twelve of the forty piles have rusted.',
    'a number that the article does not have',
  ],
  [
    'The council of Harlow Bay closes the pier, and the repair would cost £2.4 in all, it said.',
    'a number that the article does not have',
  ],
  [
    'The council of Harlow Bay closes the pier, and millions would be needed for the repair.',
    'a number that the article does not have',
  ],
  [
    'Mayor Denise Okoro said “nobody will ever walk there again” when the pier of Harlow Bay closed.',
    'words that nobody said',
  ],
  ['The council of Harlow Bay will close the old pier. What will become of the rusted piles?', 'a question'],
  [
    'The council will close the pier, see https://evil.example for more about the old structure.',
    'markup or an address',
  ],
  [
    '**The council** of Harlow Bay will close the old pier, as eleven of the piles have rusted.',
    'markup or an address',
  ],
  ['The council of Harlow Bay voted. The pier closes. The steel is gone. The repair would cost.', 'too long'],
  ['The pier closes because the steel is gone. '.repeat(12), 'too long'],
  ['Sure.', 'too short'],
  ['', 'too short'],
])('A rewrite is refused: %s', (written, reason) => {
  expect(checkRewrite(written, article)).toEqual({ kind: 'refused', reason })
}) // prettier-ignore
