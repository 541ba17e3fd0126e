/** WebSub's two halves, started and stopped together: what asks the hubs, and where they answer. Off without a public address. */
import { createTicks } from '../edge/clock/ticks.ts'
import { openHubs } from '../edge/hubs/hubs.ts'
import { answerHub, secretOf, takePush, type WebSubWorld, webSubStep } from '../flow/websub.ts'
import { EXIT, Exit } from './exit.ts'
import type { House } from './house.ts'

/** @throws Exit when the port cannot be opened */
export async function startWebSub(house: House): Promise<Readonly<{ stop(): Promise<void> }>> {
  const { settings, store, web, cache, wake, log, now, chance } = house
  const { publicUrl, publicHost: host, publicPort: port } = settings.web
  if (publicUrl === '') return { stop: async () => undefined }
  const world: WebSubWorld = { store, web, cache, wake, log, now, chance, publicUrl }
  const desk = {
    answer: (token: string, query: URLSearchParams) => answerHub(token, query, world),
    secret: (token: string) => secretOf(token, world),
    push: (token: string) => takePush(token, world),
  }
  const hubs = await openHubs({ host, port }, desk, (error) =>
    log.error('hub not answered', { error: String(error) }),
  ).catch((error: unknown) => {
    throw new Exit(
      EXIT.configuration,
      `Cannot listen for hubs on ${host}:${port}: ${String(error)}. Change web.publicPort in config/settings.yaml.`,
    )
  })
  const stopping = new AbortController()
  const ticks = createTicks(log)
  ticks.every('hubs', '40 * * * * *', async () => {
    await webSubStep(world, stopping.signal)
  })
  log.info('listening for hubs', { port: hubs.port })
  return {
    async stop() {
      stopping.abort()
      await ticks.stop()
      await hubs.close()
    },
  }
}
