/** The store beside the bot that may be running, for subcommands that look and put back. */
import path from 'node:path'
import type { Settings } from '../edge/settings/settings.ts'
import { openStoreBeside } from '../edge/store/sqlite.ts'
import type { Store } from '../flow/ports/store.ts'
import { EXIT, Exit } from './exit.ts'
import { DATABASE } from './house.ts'

/** Throws Exit with one clear line. */
export async function withStore<Result>(
  { dataDir }: Pick<Settings, 'dataDir'>,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const opened = openStoreBeside({ path: path.join(dataDir, DATABASE), now: () => Date.now() })
  if (opened.kind === 'refused') throw new Exit(EXIT.machine, opened.message)
  try {
    return await work(opened.store)
  } finally {
    await opened.store.close()
  }
}
