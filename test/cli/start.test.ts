import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ROOT, runProgram, scratch } from './program.ts'

let place: ReturnType<typeof scratch>
beforeEach(() => {
  place = scratch()
})
afterEach(() => place.remove())

const env = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  DATA_DIR: place.data,
  CONFIG_DIR: place.config,
  PREVIEW_PORT: '0',
  LOG_LEVEL: 'silent',
  ...more,
})

describe('the program', () => {
  test('tells its version and its subcommands', async () => {
    const version = await runProgram(['--version'], {}).ended
    expect(version.out.trim()).toBe(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).version)
    const help = await runProgram(['--help'], {}).ended
    for (const name of ['start', 'preview', 'doctor', 'deploy-commands']) expect(help.out).toContain(name)
    expect([version.code, help.code]).toEqual([0, 0])
  })

  test('ends with 2 for a subcommand that it does not know', async () => {
    const { code, err } = await runProgram(['strat'], {}).ended
    expect(code).toBe(2)
    expect(err).toContain("unknown command 'strat'")
  })

  test('opens the preview without a token, posts a card of the sample wire, and ends clean at SIGTERM', async () => {
    const port = await freePort()
    const program = runProgram(['start'], env({ STATUS_PORT: String(port) }))
    const [, url] = await program.printed(/Open (http:\S+)/)
    const posted = await until(async () => {
      const messages = await (await fetch(`${url}api/messages`)).json()
      return Array.isArray(messages) && messages.length > 0 ? messages : undefined
    })
    expect(JSON.stringify(posted)).toContain('Amber Watch')
    expect((await fetch(`${url}health`)).status).toBe(200)
    const ask = async (what: string) => (await fetch(`http://127.0.0.1:${port}/${what}`)).text()
    expect([await ask('health'), await ask('ready')]).toEqual(['ok\n', 'ok\n'])
    const metrics = await ask('metrics')
    for (const name of [
      'loop_steps_total{loop="deliver",outcome="worked"}',
      'stage_seconds_count{stage="read"}',
      'stage_seconds_count{stage="deliver"}',
      'web_downloads_total{kind="page",outcome="fetched"}',
      'reader_jobs_total{job="article",outcome="read"}',
      'discord_requests_total{call="post",outcome="sent"}',
      'queue{loop="read"}',
      'feeds{state="answering"}',
    ])
      expect(metrics).toContain(`pullquote_${name} `)
    program.child.kill('SIGTERM')
    const { code, err } = await program.ended
    expect([code, err]).toEqual([0, ''])
  })
})

describe('what is wrong is said in one line, and nothing is overwritten', () => {
  test('a misspelt key: 78, with file, line, key and the nearest one', async () => {
    writeFileSync(path.join(place.config, 'settings.yaml'), 'feeds:\n  intervallMinutes: 5\n')
    const { code, err } = await runProgram(['start'], env()).ended
    expect(code).toBe(78)
    expect(err).toMatch(/settings\.yaml:2: .*intervallMinutes.*intervalMinutes/)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  test('a value out of range and a broken topic: 78, a line each', async () => {
    writeFileSync(path.join(place.config, 'settings.yaml'), 'feeds:\n  intervalMinutes: 0\n')
    appendFileSync(
      path.join(place.config, 'topics.yaml'),
      '\n  - id: Bad Id\n    name: Bad\n    emoji: "🔎"\n    color: "#ffffff"\n    any: { en: [bad] }\n',
    )
    const { code, err } = await runProgram(['start'], env()).ended
    expect(code).toBe(78)
    expect(err).toMatch(/settings\.yaml:2: feeds\.intervalMinutes/)
    expect(err).toMatch(/topics\.yaml:\d+: .*id/)
  })

  test('a port, a log level and a private range that make no sense: 78', async () => {
    const { code, err } = await runProgram(['start'], env({ PREVIEW_PORT: 'http', LOG_LEVEL: 'loud' })).ended
    expect(code).toBe(78)
    expect(err).toMatch(/PREVIEW_PORT is "http"/)
    expect(err).toMatch(/LOG_LEVEL is "loud"/)
    const range = await runProgram(['start'], env({ ALLOW_PRIVATE_ADDRESSES: '10.0.0.0/99' })).ended
    expect(range.code).toBe(78)
    expect(range.err).toContain('10.0.0.0/99')
  })

  test('a port that was asked for and is taken: 1', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { code, err } = await runProgram(['start'], env({ PREVIEW_PORT: String(port) })).ended
    server.close()
    expect(code).toBe(1)
    expect(err).toContain(String(port))
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  test('a data folder that cannot be made: 1', async () => {
    writeFileSync(path.join(place.dir, 'file'), '')
    const { code, err } = await runProgram(['start'], env({ DATA_DIR: path.join(place.dir, 'file', 'data') })).ended
    expect(code).toBe(1)
    expect(err).toContain('DATA_DIR')
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  test('a database that is none: 1, and it stays as it was', async () => {
    mkdirSync(place.data)
    const file = path.join(place.data, 'pullquote.sqlite')
    writeFileSync(file, 'this is no database, it is a letter'.repeat(100))
    const { code, err } = await runProgram(['start'], env()).ended
    expect(code).toBe(1)
    expect(err).toContain(file)
    expect(readFileSync(file, 'utf8')).toContain('it is a letter')
  })

  test('a second instance on the same database: 1, while the first goes on', async () => {
    const first = runProgram(['start'], env())
    const [, url] = await first.printed(/Open (http:\S+)/)
    const { code, err } = await runProgram(['start'], env()).ended
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect((await fetch(`${url}health`)).status).toBe(200)
    first.child.kill('SIGTERM')
    expect((await first.ended).code).toBe(0)
  })
})

describe('doctor', () => {
  test('finds nothing wrong with a house in order, and says so as JSON', async () => {
    const { feeds, origin, close } = await oneFeed()
    writeFileSync(path.join(place.config, 'feeds.yaml'), feeds)
    const { code, out } = await runProgram(['doctor', '--json'], env({ ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8' })).ended
    const { problems, findings } = JSON.parse(out)
    expect({ code, problems }).toEqual({ code: 0, problems: 0 })
    expect(findings.map(({ what }: { what: string }) => what)).toEqual(
      expect.arrayContaining(['settings', 'database', 'token', 'feeds']),
    )
    expect(origin).toMatch(/^http/)
    close()
  })

  test('names a feed that does not answer with a cure, and ends with 3', async () => {
    const { feeds, close } = await oneFeed()
    writeFileSync(path.join(place.config, 'feeds.yaml'), feeds)
    close()
    const { code, out } = await runProgram(['doctor'], env({ ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8' })).ended
    expect(code).toBe(3)
    expect(out).toMatch(/✗ feed Harbour Dispatch: .*\n {4}→ /)
  })

  test('names what is wrong with the settings', async () => {
    writeFileSync(path.join(place.config, 'settings.yaml'), 'logs:\n  levle: info\n')
    const { code, out } = await runProgram(['doctor'], env()).ended
    expect(code).toBe(3)
    expect(out).toContain('settings.yaml:2')
  })
})

async function oneFeed(): Promise<Readonly<{ feeds: string; origin: string; close(): void }>> {
  const rss =
    '<rss version="2.0"><channel><title>Harbour Dispatch</title><item><title>One</title></item></channel></rss>'
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const feeds = `feeds:\n  - id: harbour\n    url: ${origin}/feed.xml\n    outlet: Harbour Dispatch\n    language: en\n    country: SE\n    kind: outlet\n`
  return {
    feeds,
    origin,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Asks again until there is an answer; the test's own limit bounds it. */
async function until<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
