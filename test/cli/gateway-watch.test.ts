import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createGatewayWatch } from '../../src/cli/gateway-watch.ts'
import { startStandIn } from '../stand-in/stand-in.ts'
import { runProgram, scratch } from './program.ts'

const MINUTE = 60_000
/** Several starts of a process on a slow machine. */
const SLOW_MS = 120_000

function watched() {
  const world = { isOpen: true, isReachable: true, elapsed: 0, hung: [] as string[] }
  const watch = createGatewayWatch({
    isOpen: () => world.isOpen,
    isReachable: async () => world.isReachable,
    elapsed: () => world.elapsed,
    onHung: (reason) => world.hung.push(reason),
  })
  const pass = async (minutes: number): Promise<void> => {
    for (const until = world.elapsed + minutes * MINUTE; world.elapsed < until; ) {
      world.elapsed += MINUTE / 4
      await watch.look()
    }
  }
  return { world, watch, pass }
}

describe('a gateway that is not connected', () => {
  it('is told at once, and ends the process after ten minutes in which Discord answers', async () => {
    const { world, watch, pass } = watched()
    await pass(30)
    expect(watch.problem()).toBeUndefined()
    world.isOpen = false
    expect(watch.problem()).toBe('the gateway is not connected')
    await pass(9)
    expect(watch.problem()).toBe('the gateway is not connected for 9 min')
    expect(world.hung).toEqual([])
    await pass(1)
    expect(world.hung).toEqual(['The gateway was not connected for 10 min although Discord answers'])
  })

  it('ends nothing in an outage, and has ten minutes from its end on', async () => {
    const { world, pass } = watched()
    Object.assign(world, { isOpen: false, isReachable: false })
    await pass(65)
    world.isReachable = true
    await pass(4)
    expect(world.hung).toEqual([])
    await pass(10)
    expect(world.hung).not.toEqual([])
  })

  it('ends nothing while Discord wants us to wait before we introduce ourselves', async () => {
    const { world, watch, pass } = watched()
    world.isOpen = false
    watch.excuse(15 * MINUTE)
    await pass(24)
    expect(world.hung).toEqual([])
    await pass(1)
    expect(world.hung).not.toEqual([])
  })

  it('begins to count anew whenever it was open', async () => {
    const { world, pass } = watched()
    for (let time = 0; time < 5; time++) {
      world.isOpen = false
      await pass(9)
      world.isOpen = true
      await pass(1)
    }
    expect(world.hung).toEqual([])
  })
})

it('ends with one line where discord.js waits for a READY that never comes', { timeout: SLOW_MS }, async () => {
  const standIn = await startStandIn()
  const place = scratch()
  try {
    writeFileSync(
      path.join(place.config, 'feeds.yaml'),
      'feeds:\n  - { id: tide, url: "http://127.0.0.1:9/feed", outlet: Tide, language: en, kind: outlet }\n',
    )
    standIn.ignoreIdentifies({ count: 1_000 })
    const { code, err } = await runProgram(['start'], {
      DISCORD_TOKEN: standIn.token,
      DISCORD_API_URL: standIn.apiUrl,
      CONFIG_DIR: place.config,
      DATA_DIR: place.data,
      LOG_LEVEL: 'silent',
      NODE_OPTIONS: `--import ${path.join(import.meta.dirname, 'fast-clock.ts')}`,
    }).ended
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain('although Discord answers: the bot ends, to be started anew. Nothing is lost.')
    expect(code).toBe(1)
  } finally {
    await standIn.close()
    place.remove()
  }
})
