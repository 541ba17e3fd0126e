/** What a button remembers. All state of a message lives in its custom_ids, so that buttons work after a restart; the version
 *  keeps those that were ever sent readable: a new form gets a new version, and the old reader stays. */

/** Discord's limit for a custom_id. */
export const CUSTOM_ID_CHARS_MAX = 100

export type Press = Readonly<{ command: string; verb: string; args: readonly string[] }>

/** @returns `v1:command:verb:arg:arg`. Throws where it would be too long or an argument holds a colon: a bug, never input. */
export function customId(command: string, verb: string, ...args: readonly string[]): string {
  const id = ['v1', command, verb, ...args].join(':')
  if (args.some((arg) => arg.includes(':'))) throw new Error(`Cannot make custom_id "${id}": an argument holds a colon`)
  if (id.length > CUSTOM_ID_CHARS_MAX) throw new Error(`Cannot make custom_id "${id}": ${id.length} characters`)
  return id
}

/** Anyone can forge one: every argument is untrusted, and ids in it are looked up with their server. */
export function parseCustomId(id: string): Press | undefined {
  if (id.length > CUSTOM_ID_CHARS_MAX) return undefined
  const [version, command, verb, ...args] = id.split(':')
  return version === 'v1' && command && verb ? { command, verb, args } : undefined
}
