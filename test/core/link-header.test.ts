import { expect, it } from 'vitest'
import { hubLinks } from '../../src/core/feed/link-header.ts'

const BASE = 'https://tide.example/news/feed'
const HUB = { hub: 'https://hub.example/' }

it.each([
  ['nothing', '', {}],
  [
    'a hub and a topic',
    '<https://hub.example/>; rel="hub", <https://tide.example/a,b>; rel="self"',
    { ...HUB, self: 'https://tide.example/a,b' },
  ],
  ['a token, in capitals, without spaces', '<https://hub.example/>;REL=HUB', HUB],
  ['several relations', '<https://hub.example/>; title="a, b; \\"c\\""; rel="alternate  hub"', HUB],
  ['the first of two hubs', '<https://hub.example/>; rel=hub, <https://other.example/>; rel=hub', HUB],
  ['a relative address, by the one that answered', '<../all>; rel=self', { self: 'https://tide.example/all' }],
  ['the first rel only', '<https://hub.example/>; rel=self; rel=hub', { self: 'https://hub.example/' }],
  ['no other scheme', '<javascript:1>; rel=hub, <file:///etc>; rel=self', {}],
  ['no link of another thing', '<https://hub.example/>; rel=hub; anchor="/other"', {}],
  ['no word that only begins so', '<https://hub.example/>; rel="hubs self-made"', {}],
  ['no link without brackets', 'https://hub.example/; rel=hub', {}],
  ['nothing past a quote that never ends', '<https://a.example/>; title="x, <https://hub.example/>; rel=hub', {}],
  [
    'nothing past what a head may hold',
    `${'<https://a.example/>; rel=a, '.repeat(400)}<https://hub.example/>; rel=hub`,
    {},
  ],
])('the Link header says %s', (_, header, said) => {
  expect(hubLinks(header, BASE)).toEqual(said)
})
