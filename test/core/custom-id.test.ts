import { expect, it } from 'vitest'
import { CUSTOM_ID_CHARS_MAX, customId, parseCustomId } from '../../src/core/custom-id.ts'

it.each([
  { command: 'card', verb: 'menu', args: ['abc', 'def'] },
  { command: 'card', verb: 'open', args: [] },
  { command: 'quotes', verb: 'page', args: ['', '-', '0'] },
])('reads back what it wrote: %j', ({ command, verb, args }) => {
  expect(parseCustomId(customId(command, verb, ...args))).toEqual({ command, verb, args })
})

it('is never longer than Discord takes, and says so loudly', () => {
  const most = CUSTOM_ID_CHARS_MAX - 'v1:a:b:'.length
  expect(customId('a', 'b', 'x'.repeat(most))).toHaveLength(100)
  expect(() => customId('a', 'b', 'x'.repeat(most + 1))).toThrow('101 characters')
})

it('takes no argument that would read back as two', () => {
  expect(() => customId('a', 'b', 'c:d')).toThrow('holds a colon')
})

it.each(['', 'v1', 'v1:card', 'v1::open', 'v1:card:', 'v2:card:open', 'card:open', `v1:a:${'b'.repeat(100)}`])(
  'reads nothing from a forged "%s"',
  (id) => {
    expect(parseCustomId(id)).toBeUndefined()
  },
)
