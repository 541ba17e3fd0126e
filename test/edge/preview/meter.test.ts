import { expect, it } from 'vitest'
import { gauges } from '../../../src/edge/preview/page/meter.ts'

it('measures a legacy message', () => {
  const message = {
    content: 'abc',
    embeds: [
      {
        title: '12',
        description: '345',
        author: { name: '6' },
        footer: { text: '7' },
        fields: [{ name: '8', value: '9' }],
      },
    ],
    components: [{ type: 1, components: [{ type: 2, custom_id: 'abcd' }] }],
  }
  expect(gauges(message).map(({ value, max }) => [value, max])).toEqual([
    [3, 2_000],
    [9, 6_000],
    [1, 5],
    [4, 100],
  ])
})

it('counts what is inside a message of components V2', () => {
  const section = { type: 9, components: [{ type: 10, content: 'abc' }], accessory: { type: 2, custom_id: 'ab' } }
  const message = { flags: 32_768, components: [{ type: 17, components: [section, { type: 10, content: 'd' }] }] }
  expect(gauges(message).map(({ value, max }) => [value, max])).toEqual([
    [4, 4_000],
    [5, 40],
    [2, 100],
  ])
})
