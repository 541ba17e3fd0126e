import { describe, expect, it } from 'vitest'
import { linkMark, marksOf } from '../../src/core/marks.ts'

const NONCE = 'abcdefghijklmnopqrstuvwx'
const button = (custom_id: string) => ({ type: 1, components: [{ type: 2, style: 2, label: 'x', custom_id }] })

describe('marks', () => {
  it.each([
    ['a card', [button(`v1:card:menu:story0123456789a:${NONCE}`)], [NONCE]],
    ['a notice', [{ type: 17, components: [button(`v1:feeds:open:${NONCE}`)] }], [NONCE]],
    ['a message with the mark twice', [button(`v1:a:b:${NONCE}`), button(`v1:c:d:${NONCE}`)], [NONCE]],
    ['a button without one', [button('v1:card:menu:story')], []],
    ['what is no button of ours', [button(NONCE), { custom_id: 5 }, null, 'text'], []],
    ['nothing', undefined, []],
  ])('are read from %s', (_, components, marks) => {
    expect(marksOf(components).map(({ mark }) => mark)).toEqual(marks)
  })

  it('of a list name the stories that it links', () => {
    const text = { type: 10, content: '- [One](https://tide.example/one) · [Two \\] x](https://tide.example/two?a=1)' }
    const list = [{ type: 17, components: [text, button(`v1:latest:open:sea:${NONCE}`)] }]
    expect(marksOf(list)).toEqual([
      { mark: NONCE, listed: [linkMark('https://tide.example/one'), linkMark('https://tide.example/two?a=1')] },
    ])
    expect(marksOf([text, button(`v1:card:menu:s:${NONCE}`)])).toEqual([{ mark: NONCE, listed: [] }])
  })
})
