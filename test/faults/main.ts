/** The fault suite (DELIVERY.md): the real program, Discord and the web in processes of their own, and a ledger that nobody can talk out of it.
 *
 *      npm run faults                                   all of it, three cases at a time; one table in the end
 *      npm run faults -- F4 --seed 7 --alerts 10000     one of them
 *      npm run faults -- --share 0.1                    a tenth of the dose */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Result } from './acts.ts'
import { CASES } from './cases.ts'
import { tableOf } from './table.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    alerts: { type: 'string' },
    kills: { type: 'string' },
    /** Of the doses that the table in cases.ts names. */
    share: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
})

const asked = CASES.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
const share = Number(values.share)
const jobs = asked.flatMap(({ name, run, seeds, kills, alerts, stride }) =>
  (values.seed === undefined ? seeds : [Number(values.seed)]).map((seed) => ({
    name,
    run: () =>
      run({
        seed,
        kills:
          values.kills === undefined
            ? Math.max(1, Math.round(stride ? kills / share : kills * share))
            : Number(values.kills),
        alerts: values.alerts === undefined ? Math.max(1, Math.round(alerts * share)) : Number(values.alerts),
      }),
    seed,
  })),
)
const startedAt = performance.now()
const results: Result[] = []
const waiting = [...jobs]
await Promise.all(Array.from({ length: Number(values.lanes) }, work))
results.sort((a, b) => order(a) - order(b) || a.seed - b.seed)
console.log(`\n${tableOf(results)}\n`)
console.log(`${Math.round((performance.now() - startedAt) / 1_000)} s in all`)
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results, undefined, 2))
process.exitCode = results.every(({ broken }) => broken.length === 0) ? 0 : 1

async function work(): Promise<void> {
  for (let job = waiting.shift(); job; job = waiting.shift()) {
    const { name, seed, run } = job
    const failed = (error: unknown): Result => ({
      ...{ name, seed, played: 'did not run', alerts: 0, lost: 0, doubled: 0, disordered: 0, excused: 0, tookS: 0 },
      broken: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    })
    const result = await run().catch(failed)
    results.push(result)
    console.log(tableOf([result], false))
    for (const line of result.broken) console.log(`    ${line}`)
  }
}

function order({ name }: Result): number {
  return Number(name.slice(1))
}
