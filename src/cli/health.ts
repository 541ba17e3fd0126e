/** `pullquote health`: what Docker's health check runs. */
import { EXIT, Exit } from './exit.ts'
import { heartbeatProblem } from './heartbeat.ts'
import { loadSettings } from './house.ts'

export function health(env: NodeJS.ProcessEnv): void {
  const problem = heartbeatProblem(loadSettings(env).dataDir, Date.now())
  if (problem) throw new Exit(EXIT.machine, problem)
  process.stdout.write('ok\n')
}
