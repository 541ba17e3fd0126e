/** /feeds import on a web of strings: every line of a list gets its answer, and the list given again goes on where it ended. */
import { beforeEach, describe, expect, it } from 'vitest'
import { BELTRAN } from '../contract/store/world.ts'
import { MANAGER, READER, STRANGER, textOf, useHouse } from './house.ts'

const house = useHouse()
const rss = (title: string): string =>
  `<rss version="2.0"><channel><title>${title}</title><item><guid>1</guid><title>A dock is dry</title></item></channel></rss>`
const outline = (path: string, title = ''): string => `<outline text="${title}" xmlUrl="${house.strings.url(path)}"/>`
const opml = (...outlines: readonly string[]): string => `<opml version="2.0"><body>${outlines.join('')}</body></opml>`
const give = (list: string) => {
  house.strings.set('/list.opml', list)
  return house.run('feeds import', { url: house.strings.url('/list.opml') })
}

beforeEach(() => {
  house.web({ allowPrivate: ['127.0.0.0/8'], hostGapMs: 0 })
  house.strings.set('/dock', rss('Dry Dock Herald'))
  house.strings.set('/quay', rss('Quay Letter'))
  house.strings.set('/page', '<html><body>Nothing here</body></html>')
  house.strings.set('/gone', { status: 404, body: '' })
})

describe('a list of feeds', () => {
  it('is added line by line; what was refused says why, and comes first', async () => {
    const reply = await give(
      opml(outline('/dock'), outline('/gone', 'Gone'), outline('/quay'), outline('/page', 'A page')),
    )
    expect(textOf(reply)).toBe(
      [
        '📥 4 feeds in the list',
        '2 added, for this server only · 2 refused',
        '⚠️ Gone: The site answers with error 404. Check the address, or try again later.',
        '⚠️ A page: That is a web page, and I found no feed behind it. Look for “RSS” on the site and give me that address.',
        '✅ Dry Dock Herald',
        '✅ Quay Letter',
      ].join('\n'),
    )
    expect(textOf(await house.run('feeds list'))).toContain('Quay Letter · added here')
    expect(textOf(await house.run('feeds list', {}, STRANGER))).not.toContain('Quay Letter')
  })

  it('adds nothing twice when it is given again, and asks for none of those', async () => {
    const list = opml(outline('/dock'), outline('/quay', 'Letter'))
    await give(list)
    expect(textOf(await give(list))).toContain('0 added, for this server only · 2 read here already')
    expect(house.strings.count('/dock')).toBe(1)
  })

  it('may be attached, which is an address to us', async () => {
    house.strings.set('/file', opml(outline('/dock')))
    expect(textOf(await house.run('feeds import', { file: house.strings.url('/file') }))).toContain('1 added')
  })

  it('stops at what a server may add, and says which are left', async () => {
    house.limits = {
      ...house.limits,
      feedsMax: (await house.store.feeds({ serverId: BELTRAN })).filter(({ common }) => !common).length + 1,
    }
    const reply = textOf(await give(opml(outline('/dock'), outline('/quay', 'Letter'))))
    expect(reply).toContain('1 added, for this server only · 1 over what this server may add')
  })

  it('is no way to have thousands of addresses asked', async () => {
    const many = Array.from({ length: 300 }, (_, n) => outline(`/none-${n}`, `None ${n}`))
    expect(textOf(await give(opml(...many)))).toContain('200 refused · 100 not tried')
  })
})

describe('what is no list', () => {
  it.each([
    ['a page', '<html>no</html>', 'That is no list of feeds'],
    ['an empty list', '<opml><body/></opml>', 'That is no list of feeds'],
  ])('%s', async (_, body, says) => {
    expect(textOf(await give(body))).toContain(says)
  })

  it('nothing given, an address that is gone, one inside: each says what to do', async () => {
    expect(textOf(await house.run('feeds import'))).toContain('Give me a list of feeds')
    expect(textOf(await house.run('feeds import', { url: house.strings.url('/gone') }))).toContain('error 404')
    house.web({ allowPrivate: [] })
    expect(textOf(await house.run('feeds import', { file: house.strings.url('/dock') }))).toMatch(/public/)
  })

  it('members without Manage Server are refused', async () => {
    expect(textOf(await house.run('feeds import', { url: 'https://a.example/' }, READER))).toContain('Manage Server')
    expect(MANAGER.managesServer).toBe(true)
  })
})
