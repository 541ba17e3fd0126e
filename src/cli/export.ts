/** `pullquote export`: what is followed, in a form that others read; or all that is kept. */
import { createWriteStream, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { writeOpml } from '../core/opml.ts'
import { dump } from '../edge/store/dump.ts'
import { withStore } from './beside.ts'
import { EXIT, Exit } from './exit.ts'
import { DATABASE, loadSettings } from './house.ts'

type Writing = Readonly<{ env: NodeJS.ProcessEnv; write(text: string): void }>
type Exporter = (writing: Writing) => Promise<void>

const FORMATS: Readonly<Record<string, Exporter>> = { opml: exportOpml }

/** @param file - to be made; it must not be there yet. Without one, standard output
 *  @throws Exit 1 where the file cannot be made, 2 for a format that there is not */
export async function exportData(
  { format, file }: Readonly<{ format: string; file?: string | undefined }>,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (format === JSONL) return exportAll(file, env)
  const run = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined
  if (!run)
    throw new Exit(
      EXIT.usage,
      `There is no format "${format}". Use one of ${[...Object.keys(FORMATS), JSONL].join(', ')}.`,
    )
  const parts: string[] = []
  await run({ env, write: (text) => (file === undefined ? process.stdout.write(text) : parts.push(text)) })
  if (file !== undefined) save(file, parts.join(''))
}

/** All that is kept, as JSON lines. */
const JSONL = 'jsonl'

/** Line by line: a database may be larger than memory. It holds addresses with secrets, so the file is its owner's. */
async function exportAll(file: string | undefined, env: NodeJS.ProcessEnv): Promise<void> {
  const settings = loadSettings(env)
  // Says in one line what is wrong with the database, where something is.
  await withStore(settings, async () => undefined)
  const lines = linesOf(path.join(settings.dataDir, DATABASE))
  const out = file === undefined ? process.stdout : createWriteStream(file, { flags: 'wx', mode: 0o600 })
  try {
    await pipeline(Readable.from(lines), out, { end: file !== undefined })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // Whoever read our output has seen enough.
    if (code === 'EPIPE') return
    if (file === undefined) throw error
    if (code !== 'EEXIST') rmSync(file, { force: true })
    throw new Exit(EXIT.machine, `Cannot write ${file}: ${whyNot(error)}.`)
  }
}

function* linesOf(database: string): Generator<string> {
  for (const line of dump(database, Date.now())) yield `${JSON.stringify(line)}\n`
}

function whyNot(error: unknown): string {
  const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
  return isThere ? 'it is there already; name another file' : String(error)
}

function save(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    throw new Exit(EXIT.machine, `Cannot write ${file}: ${whyNot(error)}.`)
  }
}

/** The feeds of config/ that are read. What servers added for themselves is theirs, and stays out. */
async function exportOpml({ env, write }: Writing): Promise<void> {
  const { sources } = loadSettings(env)
  const feeds = sources.map(({ url, outlet, title, language, kind }) => ({
    url,
    title: title === outlet ? outlet : `${outlet}: ${title}`,
    ...(language === undefined ? {} : { language }),
    category: kind,
  }))
  write(writeOpml(feeds, { title: 'Feeds that Pullquote reads', madeAt: Date.now() }))
}
