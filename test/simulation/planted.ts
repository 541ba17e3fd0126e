/** Bugs of the kinds that the simulation is there to find, each planted in a copy of the source and played in a process of its own. */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export type PlantedBug = Readonly<{
  name: string
  file: string
  /** Stands in the file once. */
  honest: string
  planted: string
  /** A seed that found it: the short form looks from there on, since histories change with the flow. */
  found: number
}>

export const PLANTED: readonly PlantedBug[] = [
  {
    name: 'the cursor is saved before the items',
    file: 'src/flow/gather.ts',
    honest: '  const kept = await world.store.keepPoll(claim, poll, now)\n',
    planted: `  const cursor = { feed: { ...poll.feed, nextPollAt: 0 }, items: [], admit: () => [] }
  if (feed.firstPolledAt !== undefined) await world.store.keepPoll(claim, cursor, now)
  const [again = claim] = feed.firstPolledAt === undefined ? [] : await world.store.claimFeeds({ lease: world.chance(), leaseMs: LEASE_MS, max: 1 }, now)
  const kept = await world.store.keepPoll(again, poll, now)\n`,
    found: 5,
  },
  {
    name: 'a post carries no nonce that the far side would know again',
    file: 'src/flow/deliver.ts',
    honest: 'payload: sending.begun.payload, nonce: delivery.nonce }',
    planted: 'payload: sending.begun.payload, nonce: world.chance() }',
    found: 6,
  },
  {
    name: 'a lease has no end',
    file: 'src/flow/deliver.ts',
    honest: 'const LEASE_MS = 60_000\n',
    planted: 'const LEASE_MS = 60_000_000_000\n',
    found: 1,
  },
  {
    name: 'an edit is lost when its story grows while the card is sent',
    file: 'src/core/delivery.ts',
    honest: '  const wantedRevision = Math.max(before.wantedRevision, next.wantedRevision)\n  return { ...next',
    planted: '  const { wantedRevision } = next\n  return { ...next',
    found: 10,
  },
  {
    name: 'the clock is trusted for how old a try is',
    file: 'src/flow/deliver.ts',
    honest: 'nonceStillKnown(world.tries.firstAgeMs(nonce, world.now() / share))',
    planted: 'nonceStillKnown(world.now() - delivery.begun.firstAt)',
    found: 148,
  },
]

const ROOT = path.resolve(import.meta.dirname, '../..')
/** What the simulation imports, by way of its imports. */
const ROOMS = ['src', 'test/fakes', 'test/flow', 'test/simulation', 'test/web', 'package.json', 'tsconfig.json']

/** @returns what the simulation said of a source with the bug; `found` where a seed failed */
export async function playPlanted(
  bug: PlantedBug | undefined,
  { from, seeds }: Readonly<{ from: number; seeds: number }>,
): Promise<Readonly<{ found: boolean; said: string }>> {
  const copy = mkdtempSync(path.join(tmpdir(), 'pullquote-planted-'))
  try {
    for (const room of ROOMS) cpSync(path.join(ROOT, room), path.join(copy, room), { recursive: true })
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'))
    if (bug) plant(copy, bug)
    const given = ['--long', '--from', `${from}`, '--seeds', `${seeds}`]
    return await run(process.execPath, [path.join(copy, 'test/simulation/main.ts'), ...given])
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function plant(copy: string, { name, file, honest, planted }: PlantedBug): void {
  const text = readFileSync(path.join(copy, file), 'utf8')
  const parts = text.split(honest)
  if (parts.length !== 2)
    throw new Error(`Cannot plant "${name}": its place stands ${parts.length - 1} times in "${file}"`)
  writeFileSync(path.join(copy, file), parts.join(planted))
}

/** A run that breaks is no bug found. */
async function run(command: string, given: readonly string[]): Promise<Readonly<{ found: boolean; said: string }>> {
  const child = spawn(command, ['--disable-warning=ExperimentalWarning', ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += String(text)
    })
  await new Promise((resolve) => child.once('close', resolve))
  return { found: /^seed \d+ fails: /m.test(said), said }
}
