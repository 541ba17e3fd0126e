/** The endpoint that may rewrite summaries: from the environment, since a key belongs to it. */
import { readFileSync } from 'node:fs'

export type SummaryEndpoint = Readonly<{ url: string; key: string; model: string }>

/** Undefined where no address is set. Appends what is wrong to `lines`, never with a key in it. */
export function readSummaryEndpoint(
  env: Readonly<Record<string, string | undefined>>,
  lines: string[],
): SummaryEndpoint | undefined {
  const url = env['SUMMARY_API_URL']?.trim() ?? ''
  const model = env['SUMMARY_MODEL']?.trim() ?? ''
  if (!url) return undefined
  const parsed = URL.parse(url)
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.search)
    lines.push(
      'SUMMARY_API_URL is no http(s) address without a name and a query. Use one such as http://127.0.0.1:11434/v1.',
    )
  if (!model) lines.push('SUMMARY_MODEL is missing. Name the model that SUMMARY_API_URL is to use, or leave both out.')
  return { url, key: keyOf(env, lines), model }
}

function keyOf(env: Readonly<Record<string, string | undefined>>, lines: string[]): string {
  const key = env['SUMMARY_API_KEY']?.trim() ?? ''
  const file = env['SUMMARY_API_KEY_FILE']
  if (key || !file) return key
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    lines.push(`Cannot read the file that SUMMARY_API_KEY_FILE names: ${file}. Check its path and rights.`)
    return ''
  }
}
