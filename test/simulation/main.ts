/** `npm run simulate [-- --seeds 10000 --from 1]` plays so many histories; one that fails is told in its shortest form. With `--planted`,
 *  each planted bug must be found instead (`planted.ts`). */
import { parseArgs } from 'node:util'
import { faultsOf } from './ledger.ts'
import { type Plan, planOf, tellPlan } from './plan.ts'
import { PLANTED, playPlanted } from './planted.ts'
import { play } from './play.ts'
import { shrink } from './shrink.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    /** As it failed: for those who only ask whether it does. */
    long: { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
  },
})
const FAULTS_TOLD_MAX = 5
const [from, count] = [Number(values.from), Number(values.seeds)]
if (values.planted) await findPlanted()
else await playAll()

async function playAll(): Promise<void> {
  const began = performance.now()
  const failed = await firstThatFails(from, count)
  const seconds = (performance.now() - began) / 1_000
  if (failed === undefined) return console.log(`${count} seeds from ${from} pass: ${seconds.toFixed(1)} s`)
  process.exitCode = 1
  console.log(`seed ${failed} fails: ${(await faults(planOf(failed))).slice(0, FAULTS_TOLD_MAX).join('; ')}`)
  if (!values.long) console.log(await shortest(planOf(failed)))
}

async function findPlanted(): Promise<void> {
  for (const bug of PLANTED) {
    const { found, said } = await playPlanted(bug, { from, seeds: count })
    console.log(`${bug.name}: ${found ? '' : 'NOT FOUND, '}${said.trim()}`)
    if (!found) process.exitCode = 1
  }
}

async function firstThatFails(first: number, howMany: number): Promise<number | undefined> {
  for (let seed = first; seed < first + howMany; seed++) if ((await faults(planOf(seed))).length > 0) return seed
  return undefined
}

async function faults(plan: Plan): Promise<readonly string[]> {
  return faultsOf(await play(plan))
}

/** The same kind of fault, in as few events as it takes. */
async function shortest(plan: Plan): Promise<string> {
  const kindOf = (fault: string | undefined): string => fault?.split(':')[0] ?? ''
  const kind = kindOf((await faults(plan))[0])
  const short = await shrink(plan, async (one) => (await faults(one)).some((fault) => kindOf(fault) === kind))
  return [`shortest history: ${(await faults(short)).join('; ')}`, tellPlan(short)].join('\n')
}
