/** The control methods over HTTP, for curl: `GET /control` lists them, `POST /control/<method>` calls one. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Control } from './control.ts'
import { isRecord } from './json.ts'
import { collect } from './read-body.ts'

export const CONTROL_PATH = '/control'
type Method = (argument: unknown) => unknown

export async function serveControl(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body, undefined, 2)}\n`)
  }
  // A page in somebody's browser must not press these buttons.
  if (request.headers.origin !== undefined) return answer(403, { error: 'No page of a browser may call this' })
  const name = (request.url ?? '').slice(CONTROL_PATH.length + 1).split('?')[0] ?? ''
  if (name === '') return answer(200, { methods: Object.keys(control).sort() })
  const method = Object.hasOwn(control, name) ? (control as Readonly<Record<string, Method>>)[name] : undefined
  if (!method) return answer(404, { error: `No method "${name}"`, methods: Object.keys(control).sort() })
  // A page can make a browser GET anything, and says nothing of where it comes from.
  if (request.method !== 'POST') return answer(405, { error: 'A method is called by POST' })
  try {
    const text = (await collect(request)).toString('utf8')
    const argument: unknown = text.trim() === '' ? {} : JSON.parse(text)
    if (!isRecord(argument)) return answer(400, { error: 'The body must be a JSON object' })
    answer(200, (await method(argument)) ?? {})
  } catch (error) {
    answer(400, { error: error instanceof Error ? error.message : String(error) })
  }
}
