/** The page's own files: its TypeScript is served with the types stripped, so that there is no build. Read once, at the start. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import type { Context } from 'hono'

export type Assets = Readonly<{ page(c: Context): Response; file(c: Context): Response }>
type Asset = Readonly<{ text: string; contentType: string; etag: string }>

const FOLDER = join(import.meta.dirname, 'page')
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ts: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** @param facts - what takes the place of {{name}} in the html */
export function readAssets(facts: Readonly<Record<string, string>>): Assets {
  const files = new Map<string, Asset>()
  for (const name of readdirSync(FOLDER)) {
    const contentType = CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)]
    if (contentType) files.set(name, assetOf(name, contentType))
  }
  const modules = [...files].filter(([, { text }]) => text.trim() !== '').map(([name]) => name)
  const html = pageHtml(
    { ...facts },
    modules.filter((name) => name.endsWith('.ts')),
  )
  return {
    page: (c) => c.html(html),
    file(c) {
      const asset = files.get(c.req.param('name') ?? '')
      if (!asset) return c.json({ error: 'There is no such file.' }, 404)
      const headers = { 'content-type': asset.contentType, etag: asset.etag, 'cache-control': 'no-cache' }
      return c.req.header('if-none-match') === asset.etag
        ? c.body(null, 304, headers)
        : c.body(asset.text, 200, headers)
    },
  }
}

function assetOf(name: string, contentType: string): Asset {
  const source = readFileSync(join(FOLDER, name), 'utf8')
  // Types leave blanks behind, to keep line numbers; those at the ends of lines and lines of blanks are for nobody.
  const text = name.endsWith('.ts')
    ? stripTypeScriptTypes(source)
        .replace(/[ \t]+$/gm, '')
        .replace(/\n{2,}/g, '\n')
    : source
  return { text, contentType, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
}

/** Every module is named, so that the browser need not find them one after the other. */
function pageHtml(facts: Readonly<Record<string, string>>, modules: readonly string[]): string {
  const preloads = modules.map((name) => `<link rel="modulepreload" href="/page/${name}">`).join('\n')
  const html = readFileSync(join(FOLDER, 'page.html'), 'utf8').replace('<!-- modules -->', () => preloads)
  return html.replace(/\{\{(\w+)\}\}/g, (_, name: string) => escapeHtml(facts[name] ?? ''))
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
