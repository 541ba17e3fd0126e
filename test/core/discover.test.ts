import { expect, test } from 'vitest'
import { candidateFeeds } from '../../src/core/discover.ts'
import { cpuMs } from '../fakes/cpu.ts'

const PAGE = 'https://tidewater.example/news/'

test('what the page names comes first, feeds of comments after the others', () => {
  const html = `<!doctype html><html><head><base href="/en/">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
    <LINK REL='Alternate stylesheet' type=text/css href=a.css>
    <link rel="alternate" hreflang=de href="https://tidewater.example/de">
    <link href="all.rss?a=1&amp;b=2" type="application/rss+xml" rel="alternate">
    <link rel=alternate type=application/atom+xml href=//feeds.tidewater.example/atom></head>
    <body><a href="/about">About</a> <a href="/harbour/rss.xml">RSS</a>`
  expect(candidateFeeds(html, PAGE).slice(0, 4)).toEqual([
    'https://tidewater.example/en/all.rss?a=1&b=2',
    'https://feeds.tidewater.example/atom',
    'https://tidewater.example/comments/feed',
    'https://tidewater.example/harbour/rss.xml',
  ])
})

test.each([
  [
    'https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv',
    'https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv',
  ],
  [
    'https://www.youtube.com/playlist?list=PLabcdefghijk',
    'https://www.youtube.com/feeds/videos.xml?playlist_id=PLabcdefghijk',
  ],
  ['https://old.reddit.com/r/harbours/top', 'https://www.reddit.com/r/harbours/.rss'],
  ['https://www.reddit.com/r/harbours+ferries/', 'https://www.reddit.com/r/harbours+ferries/.rss'],
  ['https://www.reddit.com/user/tide/m/water/', 'https://www.reddit.com/user/tide/m/water/.rss'],
  ['https://www.reddit.com/r/harbours/search?q=pier', 'https://www.reddit.com/r/harbours/search.rss?q=pier'],
  ['https://www.reddit.com/user/tide/', 'https://www.reddit.com/user/tide/.rss'],
  [
    'https://news.google.com/search?q=harbour%20pier&hl=en-GB&gl=GB&ceid=GB:en',
    'https://news.google.com/rss/search?q=harbour%20pier&hl=en-GB&gl=GB&ceid=GB:en',
  ],
  ['https://news.google.com/topics/CAAq?hl=de', 'https://news.google.com/rss/topics/CAAq?hl=de'],
  ['https://news.google.com/home?hl=de', 'https://news.google.com/rss?hl=de'],
  ['https://bsky.app/profile/tide.example', 'https://bsky.app/profile/tide.example/rss'],
  ['https://github.com/tide/water', 'https://github.com/tide/water/releases.atom'],
  ['https://medium.com/@tide/a-story', 'https://medium.com/feed/@tide'],
  ['https://tide.substack.com/p/story', 'https://tide.substack.com/feed'],
  ['https://tide.blogspot.com/2026/', 'https://tide.blogspot.com/feeds/posts/default'],
])('%s is a known site', (url, feed) => {
  expect(candidateFeeds('', url)[0]).toBe(feed)
})

test.each([
  ['@name', '<script>{"externalId":"UCabcdefghijklmnopqrstuv"}</script>'],
  ['c/name', '<link rel="canonical" href="https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv">'],
])('a channel named as youtube.com/%s is found by what its page says', (name, html) => {
  const feed = 'https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv'
  expect(candidateFeeds(html, `https://www.youtube.com/${name}`)[0]).toBe(feed)
})

test.each([
  ['@tide', '/@tide.rss'],
  ['tags/harbours', '/tags/harbours.rss'],
])('Mastodon has a feed for /%s', (path, feed) => {
  expect(candidateFeeds('<div id="mastodon">', `https://social.example/${path}`)[0]).toBe(
    `https://social.example${feed}`,
  )
})

test('a page that says what made it has that program’s feed', () => {
  expect(candidateFeeds('<script src=/wp-content/x.js></script>', PAGE)[0]).toBe('https://tidewater.example/feed/')
})

test('a page without a word is tried at the usual paths, beside it and at the root', () => {
  const found = candidateFeeds('', PAGE)
  expect(found[0]).toBe('https://tidewater.example/news/feed')
  expect(found).toContain('https://tidewater.example/rss.xml')
})

test('only http and https come out, never twice, never many, never the page itself', () => {
  const hostile = [
    'javascript:alert(1)',
    'data:text/xml,x',
    'file:///etc/passwd',
    'ftp://a.example/rss',
    PAGE,
    'https://[',
    'https://b.example/rss',
  ]
  const html = hostile
    .map((href) => `<link rel=alternate type="application/rss+xml" href="${href}">`)
    .join('')
    .repeat(50)
  const found = candidateFeeds(html, PAGE)
  expect(found[0]).toBe('https://b.example/rss')
  expect(new Set(found).size).toBe(found.length)
  expect(found.length).toBeLessThanOrEqual(15)
  expect(found.every((url) => /^https?:\/\//.test(url) && url !== PAGE)).toBe(true)
  expect(candidateFeeds(html, 'javascript:alert(1)')).toEqual([])
})

test.each(['<', '<a ', '<a href="', '<!--', '<link rel=alternate ', '<a href=/rss>', '&', '</a '])(
  'a megabyte of %j takes under a second',
  (piece) => {
    const started = cpuMs()
    candidateFeeds(piece.repeat(1_000_000 / piece.length), PAGE)
    expect(cpuMs() - started).toBeLessThan(1000)
  },
)
