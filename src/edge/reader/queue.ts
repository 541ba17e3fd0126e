import type { ReaderLoss } from '../../flow/ports.ts'
import { bytesIn, type Job, SMALL_BYTES } from './job.ts'

export type JobEnd = Readonly<{ kind: 'done'; value: unknown }> | ReaderLoss

export type Waiting = {
  readonly job: Job
  /** Read together with others; alone where they were lost together. */
  isSmall: boolean
  isStopped: boolean
  settle(end: JobEnd): void
}

/** Jobs that wait for a child: first come first served, small feeds a few at a time. */
export type Queue = Readonly<{
  /** @param isAlone - was lost together with others: which of them it was is found out by reading each alone */
  put(each: Waiting, isAlone?: boolean): void
  /** What one child is given next. @returns none where nobody waits but small feeds, and they for company */
  next(): readonly Waiting[]
  /** @returns false where it did not wait */
  take(each: Waiting): boolean
  all(): readonly Waiting[]
}>

/** For so long small feeds wait for others: a child that is woken for one costs more than the reading does. */
const COMPANY_MS = 20
const TOGETHER_MAX = 8

/** @param changed - called when there may be something next */
export function createQueue(changed: () => void): Queue {
  const waiting = new Set<Waiting>()
  let company: NodeJS.Timeout | undefined // as long as small feeds wait for it

  const smallOnes = () => [
    ...waiting
      .values()
      .filter(({ isSmall }) => isSmall)
      .take(TOGETHER_MAX),
  ]
  const endCompany = (): void => {
    clearTimeout(company)
    company = undefined
    changed()
  }
  return {
    put(each, isAlone = false) {
      if (isAlone) each.isSmall = false
      waiting.add(each)
      if (each.isSmall && smallOnes().length < TOGETHER_MAX) company ??= setTimeout(endCompany, COMPANY_MS)
      else if (each.isSmall) endCompany()
      else changed()
    },
    next() {
      for (const each of waiting) {
        if (!each.isSmall) return [each]
        if (company === undefined) return smallOnes()
      }
      return []
    },
    take: (each) => waiting.delete(each),
    all: () => [...waiting],
  }
}

export function isSmall(job: Job): boolean {
  return job.name === 'readFeed' && bytesIn(job) <= SMALL_BYTES
}
