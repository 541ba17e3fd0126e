/** Named places in the walk at which the fault suite ends the process, to see that nothing is lost or said twice. Nobody listens otherwise. */

/** Each is passed once a feed, item, delivery or digest; what was saved before it stays, what comes after it is to be made good. */
export const POINTS = [
  'gather claimed',
  'gather downloaded',
  'gather read',
  'gather kept',
  'gather woke',
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
] as const
export type Point = (typeof POINTS)[number]

let listener: ((point: Point) => void) | undefined

/** The suite's: at most one listens. */
export function listenAtPoints(listen: (point: Point) => void): void {
  listener = listen
}

export function point(name: Point): void {
  listener?.(name)
}
