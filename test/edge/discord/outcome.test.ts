import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../src/edge/discord/outcome.ts'

const api = (status: number, code: number): DiscordAPIError =>
  new DiscordAPIError({ code, message: 'as Discord says' }, code, status, 'POST', 'https://discord.example/api', {
    body: undefined,
    files: undefined,
  })
const http = (status: number): HTTPError =>
  new HTTPError(status, 'as it says', 'POST', 'https://discord.example/api', { body: undefined, files: undefined })
const limited = (retryAfter: number, global = false): RateLimitError =>
  new RateLimitError({
    timeToReset: retryAfter,
    limit: 5,
    method: 'POST',
    hash: 'h',
    url: 'u',
    route: 'r',
    majorParameter: 'm',
    global,
    retryAfter,
    sublimitTimeout: 0,
    scope: 'user',
  })
const socket = (code: string): Error => Object.assign(new Error('socket'), { code })

describe('what an answer of Discord means for a delivery', () => {
  it.each([
    ['429 is no attempt, and waits as told', limited(1_234), { kind: 'notSent', afterMs: 1_234, attempt: false }],
    ['401 stops everything', api(401, 0), { kind: 'stop' }],
    ['50001 holds the channel', api(403, 50_001), { kind: 'held' }],
    ['50013 holds the channel', api(403, 50_013), { kind: 'held' }],
    ['an unknown channel holds it', api(404, 10_003), { kind: 'held' }],
    ['a closed door of a person holds it', api(403, 50_007), { kind: 'held' }],
    ['a form that Discord refuses is dead', api(400, 50_035), { kind: 'dead' }],
    ['AutoMod is final', api(400, 200_000), { kind: 'dead' }],
    ['a message deleted meanwhile is deleted', api(404, 10_008), { kind: 'deleted' }],
    ['5xx may have been posted', api(500, 0), { kind: 'unsure' }],
    ['5xx without a body may have been posted', http(502), { kind: 'unsure' }],
    ['403 without a code is the edge’s ban, which passes', http(403), { kind: 'notSent', attempt: false }],
    ['a refused connection certainly posted nothing', socket('ECONNREFUSED'), { kind: 'notSent', attempt: true }],
    [
      'an unknown host certainly posted nothing',
      new Error('fetch failed', { cause: socket('ENOTFOUND') }),
      { kind: 'notSent', attempt: true },
    ],
    ['a reset may have been posted', socket('ECONNRESET'), { kind: 'unsure' }],
    ['a time-out may have been posted', new DOMException('late', 'TimeoutError'), { kind: 'unsure' }],
    ['an answer that is no JSON may have been posted', new SyntaxError('Unexpected token'), { kind: 'unsure' }],
  ])('%s', (_what, error, failure) => {
    expect(failureOf(error)).toMatchObject(failure)
  })
})
