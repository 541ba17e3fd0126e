import { ROBOTS_BYTES_MAX } from '../../core/robots.ts'

/** Every bound of one download (FEEDS.md, S9 to S12). Tests pass smaller ones. */
export type WebLimits = Readonly<{
  connectMs: number
  headersMs: number
  idleMs: number
  totalMs: number
  keepAliveMs: number
  headerBytes: number
  rawBytes: number
  feedBytes: number
  pageBytes: number
  robotsBytes: number
  redirects: number
  inFlight: number
  waiting: number
  origins: number
}>

const MEGABYTE = 1024 * 1024

export const WEB_LIMITS: WebLimits = {
  connectMs: 5_000, // S11: name, TCP and TLS together
  headersMs: 10_000, // S11
  idleMs: 10_000, // S11
  totalMs: 15_000, // S11, without the wait for our turn
  keepAliveMs: 60_000, // what nginx (75 s) still has open, with a margin
  headerBytes: 16 * 1024, // S11
  rawBytes: 5 * MEGABYTE, // S10
  feedBytes: 10 * MEGABYTE, // S10, decoded
  pageBytes: 2 * MEGABYTE, // S10, decoded
  robotsBytes: ROBOTS_BYTES_MAX, // what is beyond is not read
  redirects: 5, // S9
  inFlight: 64, // S12
  waiting: 10_000, // one for each feed of the largest installation that we planned for
  origins: 256, // kept connections; each costs a descriptor and some 50 kB
}
