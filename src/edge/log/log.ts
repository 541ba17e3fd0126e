/** The port Log by pino: pretty on a terminal, JSON elsewhere; one redacting sink for both. */
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { PinoPretty } from 'pino-pretty'
import type { Log, LogLevel } from '../../flow/ports.ts'
import { createRedactor } from './redact.ts'

export type LogOptions = Readonly<{
  level: LogLevel
  out: Readonly<{ write(text: string): unknown }>
  pretty: boolean
  color: boolean
  secrets: readonly string[]
}>

export function createLog({ level, out, pretty, color, secrets }: LogOptions): Log {
  const redact = createRedactor(secrets)
  const sink = new Writable({
    write(chunk, _encoding, done) {
      out.write(redact(String(chunk)))
      done()
    },
  })
  const target = pretty
    ? PinoPretty({
        colorize: color,
        ignore: 'pid,hostname',
        translateTime: 'SYS:HH:MM:ss',
        destination: sink,
        sync: true,
      })
    : sink
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, target)
  return {
    debug: (event, facts = {}) => logger.debug(facts, event),
    info: (event, facts = {}) => logger.info(facts, event),
    warn: (event, facts = {}) => logger.warn(facts, event),
    error: (event, facts = {}) => logger.error(facts, event),
  }
}
