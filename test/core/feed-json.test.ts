import { describe, expect, test } from 'vitest'
import { feedOf, read } from './feed-of.ts'

describe('feeds in JSON', () => {
  const VERSION = '"version":"https://jsonfeed.org/version/1","title":"F"'
  const item = (members: string) => `{${VERSION},"items":[{"id":"1",${members}}]}`
  test.each([
    ['1.0, one author', item('"author":{"name":"Ann"}'), { author: 'Ann' }],
    ['1.1, several authors', item('"authors":[{"url":"https://a.example"},{"name":"Ann"}]'), { author: 'Ann' }],
    ['text', item('"content_text":"3 < 4"'), { content: '3 &lt; 4' }],
    [
      'HTML with relative links',
      item('"content_html":"<a href=\\"/x\\">y</a>"'),
      { content: '<a href="https://feeds.example/x">y</a>' },
    ],
    ['an address elsewhere', item('"external_url":"https://a.example/x"'), { url: 'https://a.example/x' }],
    ['the banner for an image', item('"banner_image":"/b.png"'), { image: 'https://feeds.example/b.png' }],
    [
      'two attachments',
      item('"attachments":[{"url":"/1.mp3","mime_type":"audio/mpeg","size_in_bytes":5},{"url":"/2.mp3"}]'),
      {
        enclosures: [
          { url: 'https://feeds.example/1.mp3', type: 'audio/mpeg', length: '5' },
          { url: 'https://feeds.example/2.mp3', type: '', length: '' },
        ],
      },
    ],
    ['characters that no text has', item('"title":"a\\u0000b\\u0007c\\ud800"'), { title: 'abc\ufffd' }],
    ['no version', '{"items":[{"id":"1","content_text":"x"}]}', { guid: '1' }],
  ])('%s', async (_, text, parts) => {
    expect((await feedOf(text)).items).toMatchObject([parts])
  })

  test.each([
    '{"items":[{"id":"1","url":"https://a.example/"}]}',
    '{"items":[]}',
    '{"rss":{"channel":[]}}',
    '[{"title":"x"}]',
  ])('an answer of some API is no feed: %s', async (text) => {
    expect(await read(text)).toEqual({ kind: 'refused', reason: 'not a feed' })
  })

  test('a feed that holds nothing yet is a feed', async () => {
    expect((await feedOf('{"version":"https://jsonfeed.org/version/1.1","items":[]}')).items).toEqual([])
  })

  test('RSS in JSON is RSS', async () => {
    const feed = await feedOf(
      JSON.stringify({
        rss: {
          version: '2.0',
          channel: {
            title: 'F',
            link: 'https://a.example/',
            ttl: 30,
            item: [
              {
                title: 'One &amp; two',
                link: { '#value': '/1', base: 'https://evil.example/' },
                description: '<a href="x">y</a>',
                pubDate: 'Thu, 01 Oct 2026 10:00:00 GMT',
                guid: { '#value': 'urn:1', isPermaLink: 'false' },
                category: ['a', { '#value': 'b', domain: 'd' }],
                enclosure: { url: '/1.mp3', type: 'audio/mpeg', length: 5 },
                'dc:creator': 'Ann',
              },
            ],
          },
        },
      }),
    )
    expect(feed).toMatchObject({ title: 'F', link: 'https://a.example/', ttlMs: 1_800_000 })
    expect(feed.items).toEqual([
      {
        title: 'One & two',
        url: 'https://feeds.example/1',
        guid: 'urn:1',
        summary: '<a href="https://feeds.example/path/x">y</a>',
        content: '',
        author: 'Ann',
        publishedAt: Date.UTC(2026, 9, 1, 10),
        categories: ['a', 'b'],
        enclosures: [{ url: 'https://feeds.example/1.mp3', type: 'audio/mpeg', length: '5' }],
      },
    ])
    const alone = '{"rss":{"channel":{"item":{"title":"One"},"title":["F"]}}}'
    expect((await feedOf(alone)).items.map(({ title }) => title)).toEqual(['One'])
    const odd = '{"rss":{"channel":{"item":[7,null,{"title":{"a":1},"__proto__":{"x":1},"link":[[]]}]}}}'
    expect((await feedOf(odd)).items).toMatchObject([{ title: '', url: '' }])
  })
})
