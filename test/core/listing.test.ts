import { describe, expect, it } from 'vitest'
import { articleLink, pager, paging } from '../../src/core/listing.ts'
import { packText, unpackText } from '../../src/core/text-state.ts'

describe('paging', () => {
  it.each([
    ['0', 12, { at: 0, pages: 3, from: 0, to: 5 }],
    ['2', 12, { at: 2, pages: 3, from: 10, to: 15 }],
    ['3', 12, { at: 2, pages: 3, from: 10, to: 15 }],
    ['-1', 12, { at: 0, pages: 3, from: 0, to: 5 }],
    ['1.5', 12, { at: 0, pages: 3, from: 0, to: 5 }],
    ['1e99', 12, { at: 2, pages: 3, from: 10, to: 15 }],
    ['NaN', 12, { at: 0, pages: 3, from: 0, to: 5 }],
    [undefined, 0, { at: 0, pages: 1, from: 0, to: 5 }],
    ['39', 1_000_000, { at: 39, pages: 40, from: 195, to: 200 }],
    ['40', 1_000_000, { at: 39, pages: 40, from: 195, to: 200 }],
  ] as const)('takes %j of %d rows as %j', (wanted, total, page) => {
    expect(paging(wanted, total)).toEqual(page)
  })
})

describe('pager', () => {
  const ids = (wanted: string) =>
    pager(paging(wanted, 12), (to, which) => `${to}:${which}`).flatMap((control) =>
      control.kind === 'buttons'
        ? control.buttons.map((button) => (button.kind === 'press' ? `${button.id}${button.disabled ? '!' : ''}` : ''))
        : [],
    )

  it('leads to the first page, back and on, and tells its own ids apart', () => {
    expect(ids('0')).toEqual(['0:first!', '0:back!', '0:here!', '1:next'])
    expect(ids('1')).toEqual(['0:first', '0:back', '1:here!', '2:next'])
    expect(ids('2')).toEqual(['0:first', '1:back', '2:here!', '2:next!'])
  })

  it('is nothing for a single page', () => {
    expect(pager(paging('0', 5), String)).toEqual([])
  })
})

describe('articleLink', () => {
  it('shows a headline alone where its address would fill the list', () => {
    const url = `https://tide.example/${'a'.repeat(300)}`
    expect(articleLink({ title: 'Fog', url })).toEqual([{ kind: 'text', text: 'Fog' }])
    expect(articleLink({ title: 'Fog', url: 'https://tide.example/a' })).toMatchObject([{ kind: 'link', text: 'Fog' }])
  })
})

describe('text in a custom_id', () => {
  it.each(['', 'fog', 'Київ: "air"', '東京'])('%j comes back as it was', (text) => {
    const packed = packText(text, 76)
    expect(packed).not.toContain(':')
    expect(unpackText(packed ?? '')).toBe(text)
  })

  it('has no more room than it is given', () => {
    expect(packText('a'.repeat(6), 8)).toHaveLength(8)
    expect(packText('a'.repeat(7), 8)).toBeUndefined()
  })

  it.each(['*', '////', '_w', 'a'])('%j was made by nobody', (packed) => {
    expect(unpackText(packed)).toBeUndefined()
  })
})
