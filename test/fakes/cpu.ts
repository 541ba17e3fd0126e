/** What this process has used of the processors, in milliseconds: other programs on the machine do not move it, as they move a clock. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
