/** A hub of our own on loopback, with the feed that names it: asks back, pushes, and lies where a test wants it to. */
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Hub = Readonly<{
  feedUrl: string
  /** Forms that we were sent, oldest first. */
  forms: readonly URLSearchParams[]
  /** The header Link that comes with its feed from now on. */
  announce(link: string): void
  /** How often its feed was asked. */
  polls(): number
  /** Asks the subscriber whether it means the last form; `lies` replaces what the question says. */
  ask(lies?: Readonly<Record<string, string>>): Promise<Response>
  /** Pushes to the last form's callback, signed with its secret unless told otherwise. */
  push(body: string, lies?: Readonly<{ signature?: string; to?: string }>): Promise<Response>
  close(): Promise<void>
}>

export async function startHub(): Promise<Hub> {
  const forms: URLSearchParams[] = []
  let polls = 0
  let link = ''
  const server = createServer(async (request, response) => {
    const origin = `http://${request.headers.host}`
    if (request.method === 'POST') {
      const chunks: Buffer[] = []
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
      forms.push(new URLSearchParams(Buffer.concat(chunks).toString()))
      response.writeHead(202).end()
      return
    }
    polls++
    const announced = link === '' ? {} : { link }
    response
      .writeHead(200, { 'content-type': 'application/atom+xml', ...announced })
      .end(`<feed xmlns="http://www.w3.org/2005/Atom">
      <title>Tide</title><link rel="hub" href="${origin}/hub"/><link rel="self" href="${origin}/feed?self"/>
      <entry><id>one</id><title>Ferry at Skarholm</title><link href="${origin}/one"/></entry></feed>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const last = (name: string) => forms.at(-1)?.get(name) ?? ''
  return {
    feedUrl: `http://127.0.0.1:${port}/feed`,
    forms,
    announce: (text) => {
      link = text
    },
    polls: () => polls,
    ask(lies = {}) {
      const question = {
        'hub.mode': last('hub.mode'),
        'hub.topic': last('hub.topic'),
        'hub.challenge': 'kelp-7',
        'hub.lease_seconds': '864000',
      }
      return fetch(`${last('hub.callback')}?${new URLSearchParams({ ...question, ...lies })}`)
    },
    push(body, { signature, to } = {}) {
      const signed = `sha256=${createHmac('sha256', last('hub.secret')).update(body).digest('hex')}`
      const headers = { 'x-hub-signature': signature ?? signed }
      return fetch(to ?? last('hub.callback'), { method: 'POST', body, headers })
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
