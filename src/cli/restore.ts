/** `pullquote restore file`: a backup takes the database's place. */
import path from 'node:path'
import { restoreStore } from '../edge/store/restore.ts'
import { EXIT, Exit } from './exit.ts'
import { DATABASE, loadSettings } from './house.ts'

export function restore(env: NodeJS.ProcessEnv, file: string): void {
  const { dataDir } = loadSettings(env)
  const database = path.join(dataDir, DATABASE)
  const restored = restoreStore({ path: database, file: path.resolve(file), now: Date.now() })
  if (restored.kind === 'refused') throw new Exit(EXIT.machine, restored.message)
  const { copiedAt, aside } = restored
  const lines = [
    `Restored ${database} as it was on ${new Date(copiedAt).toISOString()}.`,
    ...(aside === undefined ? [] : [`What was there is kept as ${aside}; delete it when all is well.`]),
    'Start Pullquote: every channel is read back from then before anything is sent there, so that nothing comes twice.',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
