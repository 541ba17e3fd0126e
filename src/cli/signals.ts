/** Resolves when the process is asked to end: Ctrl+C, or a manager's SIGTERM. A second Ctrl+C ends it at once. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => {
      process.once('SIGINT', () => process.exit(130)) // 128 + SIGINT, as shells count
      resolve()
    })
  })
}
