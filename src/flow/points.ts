/** Named places in the walk at which the fault suite ends the process, to see that nothing is lost or said twice. Nobody listens otherwise. */

/** Each is passed once a feed, item, delivery or digest; what was saved before it stays, what comes after it is to be made good. */
export const POINTS = [
  'gather claimed',
  'gather downloaded',
  'gather read',
  'gather kept',
  'gather woke',
  'first poll read',
  'first poll kept',
  'read claimed',
  'read downloaded',
  'read parsed',
  'read kept',
  'read woke',
  'deliver claimed',
  'deliver drawn',
  'deliver begun',
  'deliver answered',
  'deliver found',
  'deliver edited',
  'deliver saved',
  'digest due',
  'digest kept',
  'read-back claimed',
  'read-back read',
  'read-back kept',
  'sweep done',
  'backup begun',
  'backup made',
  'backup done',
  'restore begun',
  'restore aside',
  'restore done',
  'hub asked',
  'hub answered',
  'hub pushed',
] as const
/** A commit has the name of the store's method whose write it holds. */
export type Point = (typeof POINTS)[number] | `commit ${string} ${'before' | 'after'}`

let listener: ((point: Point) => void) | undefined

/** The suite's: at most one listens. */
export function listenAtPoints(listen: (point: Point) => void): void {
  listener = listen
}

export function isListenedTo(): boolean {
  return listener !== undefined
}

export function point(name: Point): void {
  listener?.(name)
}
