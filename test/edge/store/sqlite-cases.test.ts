import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openStore } from '../../../src/edge/store/sqlite.ts'
import { T0 } from '../../contract/store/world.ts'
import { storeCases } from '../../contract/store-cases.ts'

const folder = mkdtempSync(join(tmpdir(), 'pullquote-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let opened = 0
storeCases('sqlite', async () => {
  const result = await openStore({ path: join(folder, `${++opened}.db`), now: () => T0 })
  if (result.kind === 'refused') throw new Error(result.message)
  return result.store
})
