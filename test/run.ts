/** `npm test`: the checks, then vitest; its last line counts both. Extra arguments go to vitest. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const folder = mkdtempSync(path.join(tmpdir(), 'pullquote-test-'))
const report = path.join(folder, 'report.json')

const check = run('npm', ['run', '--silent', 'check'])
const tests = run('npx', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
])
const { passed, failed, skipped } = counted()
rmSync(folder, { recursive: true, force: true })
if (check !== 0) console.error('npm run check failed: see above')
console.log(
  `${passed + (check === 0 ? 1 : 0)} passed, ${failed + (check === 0 ? 0 : 1)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
)
process.exitCode = check === 0 && tests === 0 && failed === 0 ? 0 : 1

function run(command: string, args: readonly string[]): number {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1
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
