/** `npm run check` sees what it is there to see: each rule of the house is broken in a copy, and its tool must say so, and say it of nothing
 *  else. Each tool runs once over all that is planted for it: a run looks at the whole project, whatever it is asked. */
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

  describe('biome', () => {
    const plants = [
      ['door 1: core imports flow', 'src/core/to-flow.ts', "export * as planted from '../flow/loop.ts'\n", 'Door 1'],
      ['door 1: core imports an edge', 'src/core/to-edge.ts', "import '../edge/web/web.ts'\n", 'Door 1'],
      ['door 1: deeper core imports an edge', 'src/core/feed/to-edge.ts', "import '../../edge/web/web.ts'\n", 'Door 1'],
      ['door 1: core imports the disk', 'src/core/to-disk.ts', "import 'node:fs'\n", 'Door 1'],
      ['door 1: core imports a package of the network', 'src/core/to-network.ts', "import 'undici'\n", 'Door 1'],
      ['door 2: flow imports an edge', 'src/flow/to-edge.ts', "import '../edge/web/web.ts'\n", 'Door 2'],
      ['door 2: flow imports a command', 'src/flow/to-command.ts', "import '../../commands/help.ts'\n", 'Door 2'],
      ['door 2: flow imports a package', 'src/flow/to-package.ts', "import 'pino'\n", 'Door 2'],
      ['door 3: a command imports an edge', 'commands/to-edge.ts', "import '../src/edge/web/web.ts'\n", 'Door 3'],
      ['door 3: a command imports discord.js', 'commands/to-discord.ts', "import 'discord.js'\n", 'Door 3'],
      ['door 4: an edge imports another', 'src/edge/web/to-edge.ts', "import '../store/sqlite.ts'\n", 'Door 4'],
      ['door 4: from deeper down', 'src/edge/preview/page/to-edge.ts', "import '../../web/web.ts'\n", 'Door 4'],
      ['door 4: an edge imports a command', 'src/edge/web/to-command.ts', "import '../../commands.ts'\n", 'Door 4'],
      ['door 5: somebody imports main.ts', 'src/cli/to-main.ts', "import '../main.ts'\n", 'Door 5'],
      ['a clock in core', 'src/core/clock.ts', 'export const planted = () => Date.now()\n', 'come in through ports'],
      ['chance in flow', 'src/flow/chance.ts', 'export const planted = () => Math.random()\n', 'come in through ports'],
      ['a network in core', 'src/core/fetch.ts', "export const planted = () => fetch('x')\n", 'global variable fetch'],
      ['a default export', 'src/core/default.ts', 'export default 1\n', 'noDefaultExport'],
      ['any', 'src/core/any.ts', 'export const planted = (one: any) => one\n', 'noExplicitAny'],
      ['a barrel', 'src/core/barrel.ts', "export * from './model.ts'\n", 'noBarrelFile'],
      ['a file without a name of its own', 'src/core/Plant.ts', 'export const one = 1\n', 'useFilenamingConvention'],
      ['a promise that nobody awaits', 'src/core/promise.ts', 'async function one() {}\none()\n', 'noFloatingPromises'],
      [
        'a cycle, even one of types',
        'src/core/cycle-one.ts',
        "import type { Two } from './cycle-two.ts'\nexport type One = Readonly<{ two?: Two }>\n",
        'noImportCycles',
      ],
      [
        'its other half',
        'src/core/cycle-two.ts',
        "import type { One } from './cycle-one.ts'\nexport type Two = Readonly<{ one?: One }>\n",
        'noImportCycles',
      ],
    ] as const
    let status: number | null = 0
    let said: readonly Diagnostic[] = []
    beforeAll(() => {
      planting(Object.fromEntries(plants.map(([, name, text]) => [name, text])), () => {
        const run = runTool('biome', 'check', '--error-on-warnings', '--max-diagnostics=none', '--reporter=json')
        status = run.status
        said = diagnosticsOf(run.output)
      })
    })

    it.each(plants)('sees %s', (...[, name, , words]) => {
      const own = said.filter(({ file }) => file === name)
      expect(own.map(({ text }) => text).join('\n')).toContain(words)
      // With --error-on-warnings either ends the check.
      expect(own.some(({ text, severity }) => text.includes(words) && /^(error|warning)$/.test(severity))).toBe(true)
    })

    it('fails, and of the project as it stands it says nothing', () => {
      expect(status).toBe(1)
      const planted: ReadonlySet<string> = new Set(plants.map(([, name]) => name))
      expect(said.filter(({ file, severity }) => !planted.has(file) && /^(error|warning)$/.test(severity))).toEqual([])
    })
  })

  describe('tsc', () => {
    const plants = [
      ['a type that is not kept', 'src/core/type.ts', 'export const planted: number = "one"\n', 'TS2322'],
      ['an enum, which cannot be stripped', 'src/core/enum.ts', 'export enum Planted {\n  One,\n}\n', 'TS1294'],
      [
        'an index that may be nothing',
        'src/core/list.ts',
        'export const planted = (list: readonly string[]): string => list[0]\n',
        'TS2322',
      ],
    ] as const
    const onPage = ['src/edge/preview/page/node.ts', "export const planted = Buffer.from('')\n", 'TS2591'] as const
    let main: Run
    let page: Run
    beforeAll(() => {
      planting(Object.fromEntries(plants.map(([, name, text]) => [name, text])), () => {
        main = runTool('tsc', '--noEmit', '--pretty', 'false')
      })
      planting({ [onPage[0]]: onPage[1] }, () => {
        page = runTool('tsc', '--noEmit', '-p', 'tsconfig.page.json', '--pretty', 'false')
      })
    })

    it.each(plants)('sees %s', (...[, name, , code]) => {
      expect(errorsIn(main).filter((line) => line.startsWith(name))).toEqual([expect.stringContaining(code)])
    })

    it('fails, and of the project as it stands it says nothing', () => {
      expect(main.status).not.toBe(0)
      expect(errorsIn(main)).toHaveLength(plants.length)
    })

    it('sees what only Node knows on the preview’s page, and nothing else there', () => {
      const [name, , code] = onPage
      expect(page.status).not.toBe(0)
      expect(errorsIn(page)).toEqual([expect.stringMatching(new RegExp(`^${name}.*${code}`))])
    })
  })

  it('knip sees an export that nobody imports, and a file, and of the project as it stands it says nothing', () => {
    const name = 'src/core/near.ts'
    const text = readFileSync(path.join(copy, name), 'utf8')
    const plants = {
      [name]: `${text}\nexport const plantedExport = 1\n`,
      'src/core/planted-file.ts': 'export const one = 1\n',
    }
    planting(plants, () => {
      const { status, output } = runTool('knip', '--reporter', 'json')
      const { issues } = JSON.parse(output) as { issues: readonly Issue[] }
      const found = issues.flatMap((issue) =>
        Object.entries(issue).flatMap(([kind, all]) =>
          typeof all === 'string' ? [] : all.map((one) => `${kind}: ${issue['file']}: ${one.name}`),
        ),
      )
      expect(found.toSorted()).toEqual([
        `exports: ${name}: plantedExport`,
        'files: src/core/planted-file.ts: src/core/planted-file.ts',
      ])
      expect(status).not.toBe(0)
    })
  })
})

/** Of a file: `file` is its name, everything else is a kind of fault with those that were found. */
type Issue = Readonly<Record<string, string | readonly Readonly<{ name: string }>[]>>
type Run = Readonly<{ status: number | null; output: string }>
type Diagnostic = Readonly<{ file: string; severity: string; text: string }>

function planting(plants: Readonly<Record<string, string>>, look: () => void): void {
  try {
    for (const [name, text] of Object.entries(plants)) writeFileSync(path.join(copy, name), text)
    look()
  } finally {
    for (const name of Object.keys(plants)) {
      if (files.includes(name)) copyFileSync(path.join(ROOT, name), path.join(copy, name))
      else rmSync(path.join(copy, name), { force: true })
    }
  }
}

function runTool(tool: string, ...given: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(path.join(ROOT, 'node_modules/.bin', tool), given, {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (stdout === '') throw new Error(`Cannot read what ${tool} says: ${stderr}`)
  return { status, output: stdout }
}

function diagnosticsOf(json: string): readonly Diagnostic[] {
  const { diagnostics } = JSON.parse(json) as {
    diagnostics: readonly { severity: string; category: string; message: string; location: { path: string } }[]
  }
  return diagnostics.map(({ severity, category, message, location }) => ({
    file: location.path,
    severity,
    text: `${category}: ${message}`,
  }))
}

function errorsIn({ output }: Run): readonly string[] {
  return output.split('\n').filter((line) => /: error TS\d+:/.test(line))
}
