/** The page's own files: its TypeScript is served with the types stripped, so that there is no build. Read once, at the start. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'

export type Assets = Readonly<{ page(c: Context): Response; file(c: Context): Response }>

const FOLDER = join(import.meta.dirname, 'page')
/** Later ones win over earlier ones. They go out as one. */
const STYLES = [
  'page',
  'channels',
  'main-column',
  'message',
  'text',
  'card',
  'composer',
  'panel',
  'raw',
  'form',
  'narrow',
]
const STYLE = 'page.css'

/** @param facts - what takes the place of {{name}} in the html */
export function readAssets(facts: Readonly<Record<string, string>>): Assets {
  const files = new Map<string, Asset>([
    [STYLE, assetOf(STYLES.map((name) => slimStyle(read(`${name}.css`))).join('\n'), 'text/css; charset=utf-8')],
    ['logo.svg', assetOf(read('logo.svg'), 'image/svg+xml')],
  ])
  for (const name of readdirSync(FOLDER).filter((one) => one.endsWith('.ts'))) {
    const text = slimModule(stripTypeScriptTypes(read(name)))
    files.set(name, assetOf(text, 'text/javascript; charset=utf-8'))
  }
  const page = assetOf(pageHtml(facts, [...files.keys()]), 'text/html; charset=utf-8')
  return {
    page: (c) => send(c, page),
    file(c) {
      const asset = files.get(c.req.param('name') ?? '')
      return asset ? send(c, asset) : c.json({ error: 'There is no such file.' }, 404)
    },
  }
}

const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8')

type Asset = Readonly<{
  bytes: Uint8Array<ArrayBuffer>
  zipped: Uint8Array<ArrayBuffer>
  contentType: string
  etag: string
}>

function assetOf(text: string, contentType: string): Asset {
  const bytes = new Uint8Array(Buffer.from(text))
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return { bytes, zipped: new Uint8Array(gzipSync(bytes)), contentType, etag }
}

function send(c: Context, { bytes, zipped, contentType, etag }: Asset): Response {
  const headers = { 'content-type': contentType, etag, 'cache-control': 'no-cache', vary: 'accept-encoding' }
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
  const isZipped = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
  return isZipped ? c.body(zipped, 200, { ...headers, 'content-encoding': 'gzip' }) : c.body(bytes, 200, headers)
}

/** Types leave blanks behind, and comments are for whoever reads the source. Lines keep their numbers. */
function slimModule(source: string): string {
  const lines = source.replace(/^[ \t]+|[ \t]+$/gm, '')
  return lines.replace(/^\/\*\*[\s\S]*?\*\/|^\/\/.*$/gm, (comment) => comment.replace(/[^\n]+/g, ''))
}

function slimStyle(source: string): string {
  return source.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' ')
}

/** Every module is named, so that the browser need not find them one after the other. */
function pageHtml(facts: Readonly<Record<string, string>>, names: readonly string[]): string {
  const modules = names.filter((name) => name.endsWith('.ts') && name !== 'wire.ts' && name !== 'stage.ts')
  const preloads = modules.map((name) => `<link rel="modulepreload" href="/page/${name}">`).join('\n')
  const html = read('page.html')
    .replace('<!-- styles -->', () => `<link rel="stylesheet" href="/page/${STYLE}">`)
    .replace('<!-- modules -->', () => preloads)
  return html.replace(/\{\{(\w+)\}\}/g, (_, name: string) => escapeHtml(facts[name] ?? ''))
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
