import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createReader, type ReaderOptions } from '../../../src/edge/reader/reader.ts'

/** Children here obey the protocol and do what the document's address says (hostile-child.ts). */
let opened: ReturnType<typeof createReader>[] = []
function open(options: ReaderOptions = {}) {
  const reader = createReader({
    timeoutMs: 10_000,
    entry: resolve(import.meta.dirname, 'hostile-child.ts'),
    ...options,
  })
  opened.push(reader)
  const act = (what: string, signal = new AbortController().signal, bytes = 1): Promise<unknown> =>
    reader.readFeed({ bytes: new Uint8Array(bytes), url: what }, signal)
  return { act, close: reader.close }
}
afterEach(async () => {
  await Promise.all(opened.map((reader) => reader.close()))
  opened = []
})

const lost = (reason: string) => ({ kind: 'lost', reason })
const isRunning = (pid: unknown) => {
  try {
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}

test('jobs run in the order in which they came', async () => {
  const { act } = open({ children: 1 })
  const order: number[] = []
  await Promise.all(Array.from({ length: 6 }, (_, n) => act('echo').then(() => order.push(n))))
  expect(order).toEqual([0, 1, 2, 3, 4, 5])
})

test('small feeds of one moment go to a child together, and large ones do not', async () => {
  const { act } = open({ children: 1 })
  const { signal } = new AbortController()
  const small = Array.from({ length: 10 }, () => act('company'))
  const large = act('company', signal, 100_000)
  expect(await Promise.all([...small, large])).toEqual([...Array(8).fill(8), 2, 2, 1])
})

test.each(['exit', 'throw', 'objects'])(
  'of feeds that went together the one that dies of "%s" is lost alone',
  async (way) => {
    const { act } = open({ children: 1, oldSpaceMb: 32 })
    const [one, two, three] = await Promise.all([act('echo'), act(way), act('echo')])
    expect([one, three]).toEqual(['echo', 'echo'])
    expect(two).toMatchObject({ kind: 'lost' })
  },
)

test('of feeds that went together the others are read when nobody waits for one of them', async () => {
  const { act } = open({ children: 1 })
  await act('echo')
  const stop = new AbortController()
  const [one, two] = [act('loop', stop.signal), act('echo')]
  setTimeout(() => stop.abort(), 200) // both are with the child by then
  expect(await Promise.all([one, two])).toEqual([lost('stopped'), 'echo'])
})

test('two jobs run at a time, though there are three children', async () => {
  const { act } = open()
  await Promise.all([act('echo'), act('echo')])
  const stop = new AbortController()
  const done: string[] = []
  const [first] = [act('loop', stop.signal), act('loop', stop.signal)]
  const third = act('echo').then(() => done.push('third'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(done).toEqual([])
  stop.abort()
  expect(await first).toEqual(lost('stopped'))
  await third
})

test('a job that does not end is killed at its limit, and the next has a warm child at once', async () => {
  const { act } = open({ children: 1, timeoutMs: 300 })
  await act('echo')
  const [loop, next] = [act('loop'), act('echo')]
  const startedAt = performance.now()
  expect(await loop).toEqual(lost('too slow'))
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(295)
  expect(await next).toBe('echo')
  expect(await act('echo')).toBe('echo')
})

test.each([
  ['objects', 'too large'],
  ['buffers', 'too large'],
  ['exit', 'crashed'],
  ['throw', 'crashed'],
])('a child that dies of "%s" is %s, and is replaced', async (act, reason) => {
  const reader = open({ oldSpaceMb: 32, rssMaxMb: 200 })
  expect(await reader.act(act)).toEqual(lost(reason))
  for (let n = 0; n < 5; n++) expect(await reader.act('echo')).toBe('echo')
})

test('a child that its job left too large is replaced before the next', async () => {
  const { act } = open({ children: 1, rssMaxMb: 400 })
  const first = await act('grow 310')
  expect(await act('pid')).not.toBe(first)
})

test('there is neither environment, network, disk, process nor thread', async () => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  const { act } = open()
  expect(await act('environment')).not.toHaveProperty('PATH')
  expect(await act('environment')).not.toHaveProperty('HOME')
  expect(await act(`network ${port}`)).toBe('ERR_ACCESS_DENIED')
  for (const path of ['/etc/hostname', '/proc/self/environ', resolve(import.meta.dirname, '../../../.gitignore')])
    expect(await act(`disk ${path}`)).toBe('ERR_ACCESS_DENIED')
  expect(await act('spawn')).toBe('ERR_ACCESS_DENIED')
  expect(await act('worker')).toBe('ERR_ACCESS_DENIED')
  server.close()
})

test('our word stops a job that waits and one that runs, and closing stops the rest', async () => {
  const { act, close } = open({ children: 1 })
  await act('echo')
  const stop = new AbortController()
  const [running, waiting] = [act('loop', stop.signal), act('loop', stop.signal)]
  stop.abort()
  expect(await Promise.all([running, waiting, act('echo', stop.signal)])).toEqual(Array(3).fill(lost('stopped')))
  const rest = [act('loop'), act('loop')]
  await close()
  expect(await Promise.all([...rest, act('echo')])).toEqual(Array(3).fill(lost('stopped')))
})

test('closing leaves no child behind', async () => {
  const { act, close } = open()
  // Asked together, one child answers both; the last one starts when another is ready.
  const all = async () => (await Promise.all([act('pid'), act('siblings')])).flat()
  await expect.poll(async () => (await all()).length, { timeout: 10_000 }).toBe(3)
  const pids = await all()
  expect(pids.every(isRunning)).toBe(true)
  await close()
  expect(pids.some(isRunning)).toBe(false)
})

test('no child outlives a parent that was killed, though they are in loops', async () => {
  const parent = spawn(process.execPath, [resolve(import.meta.dirname, 'doomed-parent.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pids = await new Promise<number[]>((done) => parent.stdout.once('data', (data) => done(JSON.parse(`${data}`))))
  expect(pids.filter(isRunning)).toHaveLength(3)
  parent.kill('SIGKILL')
  await expect.poll(() => pids.filter(isRunning), { timeout: 30_000 }).toEqual([])
})

test('children that cannot start lose what waits, and are said to the log', async () => {
  const said: string[] = []
  const note = (event: string) => void said.push(event)
  const log = { debug: note, info: note, warn: note, error: note }
  const { act } = open({ entry: resolve(import.meta.dirname, 'no-such-child.ts'), log })
  expect(await act('echo')).toEqual(lost('crashed'))
  expect(said).toContain('reader did not start')
})
