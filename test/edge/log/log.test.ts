import { describe, expect, it } from 'vitest'
import { createLog } from '../../../src/edge/log/log.ts'
import { createRedactor } from '../../../src/edge/log/redact.ts'

/** The shape of a bot's token, made up. */
const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyzABCDEFGHIJ12'

describe('what never stands in a line', () => {
  const redact = createRedactor(['a secret of eight', 'short'])
  it.each([
    ['an exact secret', 'it says a secret of eight here', 'it says [redacted] here'],
    ['a token by its shape', `token ${TOKEN} end`, 'token [redacted] end'],
    [
      'a webhook',
      'https://discord.com/api/webhooks/123456789012345678/AbCdEfGhIjKlMnOpQrStUvWxYz-_0123',
      'https://discord.com/api/webhooks/123456789012345678/[redacted]',
    ],
    ['an Authorization header', 'authorization: Bot abcdefghijk', 'authorization: Bot [redacted]'],
    [
      'an Authorization header in JSON',
      '{"Authorization":"Bearer abcdefghijk"}',
      '{"Authorization":"Bearer [redacted]"}',
    ],
    [
      'the query of an address',
      'GET https://feeds.example/rss?key=1234&x=y failed',
      'GET https://feeds.example/rss?… failed',
    ],
  ])('%s', (_what, line, redacted) => {
    expect(redact(line)).toBe(redacted)
  })

  it('leaves ordinary words alone, short secrets among them', () => {
    expect(redact('a short line on 1.2.3 and https://feeds.example/rss')).toBe(
      'a short line on 1.2.3 and https://feeds.example/rss',
    )
  })
})

describe('a log line', () => {
  const lines = (
    pretty: boolean,
    level: 'debug' | 'info' | 'silent' = 'info',
  ): Readonly<{ log: ReturnType<typeof createLog>; out: string[] }> => {
    const out: string[] = []
    return {
      out,
      log: createLog({
        level,
        out: { write: (text) => out.push(text) },
        pretty,
        color: false,
        secrets: ['hunter2-hunter2'],
      }),
    }
  }

  it('is JSON with its event and facts, without host or process, redacted at the sink', () => {
    const { log, out } = lines(false)
    log.error('post failed', { deliveryId: 'd1', error: `hunter2-hunter2 ${TOKEN}` })
    const line = JSON.parse(out.join(''))
    expect(line).toMatchObject({ msg: 'post failed', deliveryId: 'd1', error: '[redacted] [redacted]' })
    expect(Object.keys(line)).not.toContain('hostname')
  })

  it('on a terminal is for people, redacted all the same', () => {
    const { log, out } = lines(true)
    log.warn('odd', { error: 'hunter2-hunter2' })
    expect(out.join('')).toMatch(/WARN.*odd/)
    expect(out.join('')).not.toContain('hunter2')
  })

  it('below the level is not written', () => {
    const { log, out } = lines(false)
    log.debug('quiet')
    expect(out).toEqual([])
    const silent = lines(false, 'silent')
    silent.log.error('nothing')
    expect(silent.out).toEqual([])
  })
})
