/** What the corpus of hostile input does to a database, where it lies beside the project. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { notice, T0 } from '../../contract/store/world.ts'
import { cpuMs } from '../../fakes/cpu.ts'
import { newFolder, open, refusal } from './folder.ts'

type Attack = Readonly<{
  id: string
  kind: string
  script: Readonly<{
    lockMs?: number
    chmod?: string
    overwrite?: readonly [number, number]
    truncate?: number
    instances?: number
    restoreAgeH?: number
  }>
  must: Readonly<{ maxMs: number }>
}>

const manifest = join(process.cwd(), '../shared/attacks/manifest.json')
const there = existsSync(manifest)
const attacks = there
  ? (JSON.parse(readFileSync(manifest, 'utf8')) as { cases: readonly Attack[] }).cases.filter(
      ({ kind }) => kind === 'db',
    )
  : []

describe.skipIf(!there)('hostile databases (skipped without ../shared/attacks)', () => {
  let folder: ReturnType<typeof newFolder>
  let path: string
  beforeEach(async () => {
    folder = newFolder()
    path = folder.path()
    const { store } = await open(path)
    for (let n = 0; n < 200; n++) await store.addDelivery(notice(n), T0)
    await store.backup(folder.path('yesterday.db'))
    await store.addDelivery(notice(200), T0)
    await store.close()
  })
  afterEach(() => folder.remove())

  it('has cases for the database', () => expect(attacks.length).toBeGreaterThan(0))

  it.each(attacks.map((attack) => [attack.id, attack] as const))(
    'is met with one clear line: %s',
    async (_, { script, must }) => {
      const startedAt = cpuMs()
      const release = await strike(script)
      if (script.restoreAgeH === undefined) expect(await refusal(path)).toMatch(/^Cannot open database "[^\n]*\.$/)
      else await expectRestored()
      expect(cpuMs() - startedAt).toBeLessThan(must.maxMs)
      await release()
    },
  )

  async function strike({ lockMs, chmod, overwrite, truncate, instances, restoreAgeH }: Attack['script']) {
    if (chmod !== undefined) chmodSync(path, Number.parseInt(chmod, 8))
    if (truncate !== undefined) truncateSync(path, truncate)
    if (overwrite) {
      const file = openSync(path, 'r+')
      writeSync(file, Buffer.alloc(overwrite[1]), 0, overwrite[1], overwrite[0])
      closeSync(file)
    }
    if (restoreAgeH !== undefined) copyFileSync(folder.path('yesterday.db'), path)
    if (instances !== undefined) return (await open(path)).store.close
    if (lockMs === undefined) return async () => undefined
    const other = new DatabaseSync(path)
    other.exec('begin immediate')
    return async () => other.close()
  }

  async function expectRestored(): Promise<void> {
    const { store, restoredFrom } = await open(path)
    expect(restoredFrom).toBe(T0)
    expect(await store.deliveries(1_000)).toHaveLength(200)
    await store.close()
  }
})
