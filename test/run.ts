/** `npm test`: vitest, and beside it the checks, since the suite mostly waits; its last line counts both. Extra arguments go to vitest. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const folder = mkdtempSync(path.join(tmpdir(), 'pullquote-test-'))
const report = path.join(folder, 'report.json')
/** Every file of the suite and every process it starts compiles the same code: once is enough. */
const env = { ...process.env, NODE_COMPILE_CACHE: path.join(folder, 'compiled') }

const checking = run('npm', ['run', '--silent', 'check'], 'pipe')
const tests = await run('npx', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
])
const check = await checking
const { passed, failed, skipped } = counted()
rmSync(folder, { recursive: true, force: true })
if (check.code !== 0) console.error(`${check.said}\nnpm run check failed: see above`)
console.log(
  `${passed + (check.code === 0 ? 1 : 0)} passed, ${failed + (check.code === 0 ? 0 : 1)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
)
process.exitCode = check.code === 0 && tests.code === 0 && failed === 0 ? 0 : 1

/** @returns what it said, where that was not shown at once */
function run(
  command: string,
  args: readonly string[],
  output: 'inherit' | 'pipe' = 'inherit',
): Promise<Readonly<{ code: number; said: string }>> {
  const child = spawn(command, args, { cwd: root, env, stdio: ['inherit', output, output] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, said: String(error) }))
    child.on('close', (code) => resolve({ code: code ?? 1, said }))
  })
}

/** A run that broke before its report counts as one failure. */
function counted(): Readonly<{ passed: number; failed: number; skipped: number }> {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
    return { passed: Number(numPassedTests), failed: Number(numFailedTests), skipped: Number(numPendingTests) }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
