import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

export type PageFile = Readonly<{ name: string; html: string; url: string }>

const SHARED = new URL('../../../../shared/', import.meta.url)
const GOLDEN = new URL('../../golden/pages/', import.meta.url)

/** Every so many of the shared pages, so that `max` of them stand for all; [] where they are not there. */
export function sharedPages(max: number): readonly PageFile[] {
  const file = new URL('eval/data/pages.jsonl.gz', SHARED)
  if (!existsSync(file)) return []
  const lines = gunzipSync(readFileSync(file)).toString().split('\n').filter(Boolean)
  const step = Math.max(1, Math.floor(lines.length / max))
  return lines
    .filter((_, n) => n % step === 0)
    .slice(0, max)
    .map((line) => {
      const { id, html, url } = JSON.parse(line)
      return { name: String(id), html: String(html), url: String(url) }
    })
}

/** What stands around articles on the web, and not in the tests' own pages: the median of the shared ones has 120 kB and 107 links. */
const CHROME = `<nav><ul>${'<li class="menu-item"><a href="/x"><span>Harbour news</span></a></li>'.repeat(80)}</ul></nav>
<footer><div class="site-links">${'<div><a href="/y">The Marlow Courier on other pages</a></div>'.repeat(25)}</div></footer>
<script>${'window.page = window.page || {};'.repeat(3_000)}</script>`

/** The tests' own pages in the dress of the web, over and over. */
export function ownPages(max: number): readonly PageFile[] {
  const names = readdirSync(GOLDEN).filter((name) => name.endsWith('.html'))
  const all = names.map((name) => ({
    name,
    html: readFileSync(new URL(name, GOLDEN), 'utf8').replace('</body>', () => `${CHROME}</body>`),
    url: `https://x.example/${name}`,
  }))
  return Array.from({ length: Math.max(max, all.length) }, (_, n) => all[n % all.length] as PageFile)
}

const SENTENCE = '“The ferry sails again on Sunday,” Ottoline Vance told the council in Marlow, as it did before. '
/** The hostile pages of ../shared/attacks where they are there, and the largest that pass for honest. */
export function worstPages(): readonly PageFile[] {
  const url = 'https://x.example/worst'
  const folder = new URL('attacks/html/', SHARED)
  const attacks = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.html')) : []
  return [
    ...attacks.map((name) => ({ name, html: readFileSync(new URL(name, folder), 'utf8'), url })),
    { name: 'text of 1.9 million characters', html: `<p>${SENTENCE.repeat(4)}</p>`.repeat(4_800), url },
    {
      name: 'boxes as deep as may be',
      html: `${'<div>'.repeat(250)}${SENTENCE}${'</div>'.repeat(250)}`.repeat(79),
      url,
    },
    { name: 'links', html: `<p><a href="x">${SENTENCE}</a></p>`.repeat(9_000), url },
    { name: 'one word', html: `<p>${'a'.repeat(1_900_000)}`, url },
    { name: 'marks', html: `<p>${'“a” '.repeat(400_000)}`, url },
    { name: 'four million characters', html: 'a '.repeat(2_000_000), url },
  ]
}
