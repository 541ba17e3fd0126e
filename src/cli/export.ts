/** `pullquote export`: what is followed, in a form that others read. */
import { writeFileSync } from 'node:fs'
import { writeOpml } from '../core/opml.ts'
import { EXIT, Exit } from './exit.ts'
import { loadSettings } from './house.ts'

type Writing = Readonly<{ env: NodeJS.ProcessEnv; write(text: string): void }>
type Exporter = (writing: Writing) => Promise<void>

const FORMATS: Readonly<Record<string, Exporter>> = { opml: exportOpml }

/** @param file - to be made; it must not be there yet. Without one, standard output
 *  @throws Exit 1 where the file cannot be made, 2 for a format that there is not */
export async function exportData(
  { format, file }: Readonly<{ format: string; file?: string | undefined }>,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const run = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined
  if (!run) throw new Exit(EXIT.usage, `There is no format "${format}". Use one of ${Object.keys(FORMATS).join(', ')}.`)
  const parts: string[] = []
  await run({ env, write: (text) => (file === undefined ? process.stdout.write(text) : parts.push(text)) })
  if (file !== undefined) save(file, parts.join(''))
}

function save(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    const why = isThere ? 'it is there already; name another file' : String(error)
    throw new Exit(EXIT.machine, `Cannot write ${file}: ${why}.`)
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
