import { expect, it } from 'vitest'
import type { StoryArticle } from '../../src/core/model.ts'
import { signatureOf } from '../../src/core/signature.ts'
import { developmentOf } from '../../src/core/story/development.ts'
import { NOW, piece, quote } from './story-of.ts'

const MINUTE = 60_000
const TEXT =
  'The ferry Lark ran aground off Norrvik with 312 people on board. Captain Odo Brandt said that nobody was hurt.'
const first = piece('The Post', {
  title: 'Ferry Lark runs aground off Norrvik',
  text: TEXT,
  quotes: [quote('nobody was hurt at all', 'Odo Brandt')],
})
const later = (more: Partial<StoryArticle>, minutes = 90) =>
  piece('Meridian', {
    title: 'Ferry Lark aground off Norrvik',
    text: TEXT,
    ...more,
    publishedAt: NOW + minutes * MINUTE,
  })
const minister = { speaker: { name: 'Ilse Varga', role: 'transport minister' } }

it.each<[what: string, article: StoryArticle, expected: ReturnType<typeof developmentOf>]>([
  ['the same again is none', later({}), undefined],
  [
    'a new voice in the headline is one',
    later({ title: 'Varga: ferry Lark was too old', quotes: [quote('it was too old', 'Ilse Varga')] }),
    'speaker',
  ],
  [
    'a new office in the headline is one',
    later({ title: 'Minister blames ferry Lark', quotes: [quote('it was too old', 'Ilse Varga', minister)] }),
    'speaker',
  ],
  ['a passer-by is none', later({ quotes: [quote('we saw it from the beach', 'Tove Rask')] }), undefined],
  [
    'who was heard before is none',
    later({ title: 'Brandt: ferry Lark aground', quotes: [quote('we are well', 'Odo Brandt')] }),
    undefined,
  ],
  ['a new number in the headline is one', later({ title: 'Ferry Lark off Norrvik: 14 hurt' }), 'facts'],
  ['a number that was told is none', later({ title: 'Ferry Lark with 312 aground' }), undefined],
  ['another lead is one', later({ title: 'Prosecutors charge owner over rudder of Lark' }), 'facts'],
  ['what came within half an hour is none', later({ title: 'Ferry Lark off Norrvik: 14 hurt' }, 20), undefined],
  ['an older piece is none', later({ title: 'Ferry Lark off Norrvik: 14 hurt' }, -90), undefined],
])('%s', (_what, article, expected) => {
  expect(developmentOf(article, [first])).toBe(expected)
}) // prettier-ignore

it('a copy is none, whatever stands over it, and neither is the first report', () => {
  const words = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ')
  const copied = { signature: signatureOf('', words) }
  const copy = later({ title: 'Ferry Lark off Norrvik: 14 hurt', ...copied })
  expect(developmentOf(copy, [{ ...first, ...copied }])).toBeUndefined()
  expect(developmentOf(copy, [])).toBeUndefined()
})
