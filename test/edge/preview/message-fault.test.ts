import { describe, expect, it } from 'vitest'
import { modalFault } from '../../../src/edge/preview/component-fault.ts'
import { messageFault } from '../../../src/edge/preview/message-fault.ts'

const V2 = 32_768
const text = (content: string) => ({ type: 10, content })
const button = (id: string) => ({ type: 2, style: 2, label: 'Go', custom_id: id })
const row = (...components: object[]) => ({ type: 1, components })
const v2 = (...components: object[]) => ({ flags: V2, components })
const option = (value: string) => ({ label: value || 'x', value })
const select = (more: object) => row({ type: 3, custom_id: 's', options: [option('a'), option('b')], ...more })

const fine: [string, object][] = [
  ['content alone', { content: 'Hello' }],
  ['content at its limit', { content: 'x'.repeat(2_000) }],
  ['an embed with a link', { embeds: [{ title: 'Harbour', url: 'https://harbour.example/a', color: 0xffffff }] }],
  ['five rows', { content: 'x', components: ['a', 'b', 'c', 'd', 'e'].map((id) => row(button(id))) }],
  ['a container', v2({ type: 17, accent_color: 1, components: [text('x'), { type: 14, spacing: 1, divider: true }] })],
  [
    'a section with a picture',
    v2({ type: 9, components: [text('x')], accessory: { type: 11, media: { url: 'https://a.example/b.png' } } }),
  ],
  ['a gallery', v2({ type: 12, items: [{ media: { url: 'attachment://chart.png' } }] })],
  ['a no-break space as text', v2(text('\u00a0'))],
  ['a select', { content: 'x', components: [select({ min_values: 0, max_values: 2 })] }],
  [
    'a link button',
    { content: 'x', components: [row({ type: 2, style: 5, label: 'Read', url: 'https://a.example' })] },
  ],
]

const faulty: [string, unknown, string][] = [
  ['no object', null, 'not an object'],
  ['nothing in it', { allowed_mentions: { parse: [] } }, 'is empty'],
  ['a misspelt key', { contents: 'x' }, 'contents: is unknown'],
  ['too long a content', { content: 'x'.repeat(2_001) }, 'content: 2001'],
  ['too long a nonce', { content: 'x', nonce: 'x'.repeat(26) }, 'nonce: 26'],
  ['eleven embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, 'at most 10'],
  ['a long title', { embeds: [{ title: 'x'.repeat(257) }] }, 'embeds[0].title: 257'],
  ['a long description', { embeds: [{ description: 'x'.repeat(4_097) }] }, 'embeds[0].description: 4097'],
  [
    'embeds of 6,001 together',
    { embeds: [{ description: 'x'.repeat(4_000) }, { description: 'x'.repeat(2_001) }] },
    '6001',
  ],
  ['an empty embed', { embeds: [{ color: 1 }] }, 'embeds[0]: is empty'],
  ['an empty field', { embeds: [{ title: 'x', fields: [{ name: 'x', value: '' }] }] }, 'fields[0].value: is empty'],
  ['a script as link', { embeds: [{ title: 'x', url: 'javascript:alert(1)' }] }, 'embeds[0].url: not an address'],
  ['a colour beyond white', { embeds: [{ title: 'x', color: 0x1000000 }] }, 'embeds[0].color'],
  ['six rows', { content: 'x', components: ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => row(button(id))) }, 'at most 5'],
  ['six buttons', { content: 'x', components: [row(...['a', 'b', 'c', 'd', 'e', 'f'].map(button))] }, 'at most 5'],
  ['a custom_id twice', { content: 'x', components: [row(button('a'), button('a'))] }, 'stands twice'],
  ['too long a custom_id', { content: 'x', components: [row(button('x'.repeat(101)))] }, 'custom_id: 101'],
  [
    'a button without custom_id',
    { content: 'x', components: [row({ type: 2, style: 1, label: 'x' })] },
    'has no custom_id',
  ],
  [
    'a link with custom_id',
    { content: 'x', components: [row({ ...button('a'), style: 5, url: 'https://a.example' })] },
    'a link has no custom_id',
  ],
  ['a long label', { content: 'x', components: [row({ ...button('a'), label: 'x'.repeat(81) })] }, 'label: 81'],
  [
    'a nameless button',
    { content: 'x', components: [row({ type: 2, style: 1, custom_id: 'a' })] },
    'neither label nor emoji',
  ],
  [
    'a select with a neighbour',
    { content: 'x', components: [row({ type: 3, custom_id: 's', options: [option('a')] }, button('a'))] },
    'at most 1',
  ],
  ['a select without options', { content: 'x', components: [select({ options: [] })] }, 'options: is empty'],
  [
    '26 options',
    { content: 'x', components: [select({ options: Array.from({ length: 26 }, (_, n) => option(`${n}`)) })] },
    'at most 25',
  ],
  ['an option twice', { content: 'x', components: [select({ options: [option('a'), option('a')] })] }, 'stands twice'],
  ['more to choose than there is', { content: 'x', components: [select({ max_values: 3 })] }, 'do not fit'],
  ['V2 in a legacy message', { content: 'x', components: [text('x')] }, 'type 10 cannot stand here'],
  ['content beside V2', { ...v2(text('x')), content: 'x' }, 'content: cannot stand beside'],
  ['41 components', v2(...Array.from({ length: 41 }, () => text('x'))), '41 in all'],
  ['40 with those inside', v2({ type: 17, components: Array.from({ length: 40 }, () => text('x')) }), '41 in all'],
  ['4,001 characters of text', v2(text('x'.repeat(2_000)), text('x'.repeat(2_001))), '4001 characters'],
  ['an empty text', v2(text('')), 'content: is empty'],
  [
    'a container in a container',
    v2({ type: 17, components: [{ type: 17, components: [text('x')] }] }),
    'type 17 cannot stand here',
  ],
  ['a section without accessory', v2({ type: 9, components: [text('x')] }), 'accessory[0]: not an object'],
  [
    'a section of four',
    v2({ type: 9, components: [text('x'), text('x'), text('x'), text('x')], accessory: button('a') }),
    'at most 3',
  ],
  [
    'eleven pictures',
    v2({ type: 12, items: Array.from({ length: 11 }, () => ({ media: { url: 'https://a.example/p' } })) }),
    'at most 10',
  ],
  [
    'a role listed and parsed',
    { content: 'x', allowed_mentions: { parse: ['roles'], roles: ['1'] } },
    'both listed and parsed',
  ],
  ['an unknown parse', { content: 'x', allowed_mentions: { parse: ['all'] } }, '"all" is unknown'],
]

describe('what Discord takes', () => {
  it.each(fine)('takes %s', (_, message) => expect(messageFault(message)).toBeUndefined())
  it.each(faulty)('refuses %s', (_, message, reason) => expect(messageFault(message)).toContain(reason))

  const input = { type: 4, custom_id: 'w', style: 1 }
  const modal = (more: object) => ({
    custom_id: 'm',
    title: 'Words',
    components: [{ type: 18, label: 'Words', component: input }],
    ...more,
  })
  it('takes a form', () => expect(modalFault(modal({}))).toBeUndefined())
  it.each([
    ['a long title', { title: 'x'.repeat(46) }, 'title: 46'],
    ['no fields', { components: [] }, 'is empty'],
    ['six fields', { components: Array.from({ length: 6 }, () => ({})) }, 'at most 5'],
    ['a button', { components: [row(button('a'))] }, 'type 2 cannot stand here'],
    [
      'a long value',
      { components: [{ type: 18, label: 'x', component: { ...input, value: 'x'.repeat(4_001) } }] },
      'value: 4001',
    ],
  ])('refuses a form with %s', (_, more, reason) => expect(modalFault(modal(more))).toContain(reason))
})
