/** `npm run check` sees what it is there to see: each rule of the house is broken in a copy, and its tool must say so. */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')
const listed = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
const files =
  listed.status === 0 ? listed.stdout.split('\0').filter((name) => name && existsSync(path.join(ROOT, name))) : []
let copy = ''

/** Without a repository (an unpacked archive) nobody knows which files are the project's. */
describe.skipIf(files.length === 0)('the checks', { timeout: 60_000 }, () => {
  beforeAll(() => {
    copy = mkdtempSync(path.join(tmpdir(), 'pullquote-check-'))
    for (const name of files) {
      mkdirSync(path.dirname(path.join(copy, name)), { recursive: true })
      copyFileSync(path.join(ROOT, name), path.join(copy, name))
    }
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'))
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  it.each(['tsc --noEmit', 'tsc --noEmit -p tsconfig.page.json', 'biome check --error-on-warnings', 'knip'])(
    'pass on the project as it stands: %s',
    (line) => {
      const [tool = '', ...given] = line.split(' ')
      expect(run(tool, ...given)).toMatchObject({ status: 0 })
    },
  )

  it.each([
    ['door 1: core imports flow', 'src/core/planted.ts', "export * as planted from '../flow/loop.ts'\n", 'Door 1'],
    ['door 1: core imports an edge', 'src/core/planted.ts', "import '../edge/web/web.ts'\n", 'Door 1'],
    ['door 1: deeper core imports an edge', 'src/core/feed/planted.ts', "import '../../edge/web/web.ts'\n", 'Door 1'],
    ['door 1: core imports the disk', 'src/core/planted.ts', "import 'node:fs'\n", 'Door 1'],
    ['door 1: core imports a package of the network', 'src/core/planted.ts', "import 'undici'\n", 'Door 1'],
    ['door 2: flow imports an edge', 'src/flow/planted.ts', "import '../edge/web/web.ts'\n", 'Door 2'],
    ['door 2: flow imports a command', 'src/flow/planted.ts', "import '../../commands/help.ts'\n", 'Door 2'],
    ['door 2: flow imports a package', 'src/flow/planted.ts', "import 'pino'\n", 'Door 2'],
    ['door 3: a command imports an edge', 'commands/planted.ts', "import '../src/edge/web/web.ts'\n", 'Door 3'],
    ['door 3: a command imports discord.js', 'commands/planted.ts', "import 'discord.js'\n", 'Door 3'],
    ['door 4: an edge imports another', 'src/edge/web/planted.ts', "import '../store/sqlite.ts'\n", 'Door 4'],
    ['door 4: from deeper down', 'src/edge/preview/page/planted.ts', "import '../../web/web.ts'\n", 'Door 4'],
    ['door 4: an edge imports a command', 'src/edge/web/planted.ts', "import '../../commands.ts'\n", 'Door 4'],
    ['door 5: somebody imports main.ts', 'src/cli/planted.ts', "import '../main.ts'\n", 'Door 5'],
    ['a clock in core', 'src/core/planted.ts', 'export const planted = () => Date.now()\n', 'come in through ports'],
    ['chance in flow', 'src/flow/planted.ts', 'export const planted = () => Math.random()\n', 'come in through ports'],
    ['a network in core', 'src/core/planted.ts', "export const planted = () => fetch('x')\n", 'core has no network'],
    ['a default export', 'src/core/planted.ts', 'export default 1\n', 'noDefaultExport'],
    ['any', 'src/core/planted.ts', 'export const planted = (one: any) => one\n', 'noExplicitAny'],
    ['a barrel', 'src/core/planted.ts', "export * from './model.ts'\n", 'noBarrelFile'],
    [
      'a file without a name of its own',
      'src/core/Planted.ts',
      'export const planted = 1\n',
      'useFilenamingConvention',
    ],
    [
      'a promise that nobody awaits',
      'src/core/planted.ts',
      'async function planted() {}\nplanted()\n',
      'noFloatingPromises',
    ],
  ])('see %s', (...[, name, text, said]) => {
    planting({ [name]: text }, () => {
      const { status, output } = run('biome', 'check', '--error-on-warnings', name)
      expect(output).toContain(said)
      expect(status).not.toBe(0)
    })
  })

  it('see a cycle, even one of types', () => {
    const plants = {
      'src/core/planted-one.ts':
        "import type { Two } from './planted-two.ts'\nexport type One = Readonly<{ two?: Two }>\n",
      'src/core/planted-two.ts':
        "import type { One } from './planted-one.ts'\nexport type Two = Readonly<{ one?: One }>\n",
    }
    planting(plants, () => {
      expect(run('biome', 'check', 'src/core/planted-one.ts', 'src/core/planted-two.ts')).toMatchObject({
        status: 1,
        output: expect.stringContaining('noImportCycles'),
      })
    })
  })

  it.each([
    ['a type that is not kept', 'export const planted: number = "one"\n', 'TS2322'],
    ['an enum, which cannot be stripped', 'export enum Planted {\n  One,\n}\n', 'TS1294'],
    ['an index that may be nothing', 'export const planted = (list: readonly string[]): string => list[0]\n', 'TS2322'],
  ])('see %s', (...[, text, said]) => {
    planting({ 'src/core/planted.ts': text }, () => {
      const { status, output } = run('tsc', '--noEmit', '--pretty', 'false')
      expect(output).toContain(`src/core/planted.ts`)
      expect(output).toContain(said)
      expect(status).not.toBe(0)
    })
  })

  it('see an export that nobody imports, and a file', () => {
    const name = 'src/core/near.ts'
    const text = readFileSync(path.join(copy, name), 'utf8')
    planting(
      { [name]: `${text}\nexport const plantedExport = 1\n`, 'src/core/planted-file.ts': 'export const one = 1\n' },
      () => {
        const { status, output } = run('knip')
        expect(output).toContain('plantedExport')
        expect(output).toContain('planted-file.ts')
        expect(status).not.toBe(0)
      },
    )
    writeFileSync(path.join(copy, name), text)
  })
})

function planting(plants: Readonly<Record<string, string>>, look: () => void): void {
  try {
    for (const [name, text] of Object.entries(plants)) writeFileSync(path.join(copy, name), text)
    look()
  } finally {
    for (const name of Object.keys(plants)) rmSync(path.join(copy, name), { force: true })
  }
}

function run(tool: string, ...given: readonly string[]): Readonly<{ status: number | null; output: string }> {
  const { status, stdout, stderr } = spawnSync(path.join(ROOT, 'node_modules/.bin', tool), given, {
    cwd: copy,
    encoding: 'utf8',
  })
  return { status, output: `${stdout}${stderr}` }
}
