/** "Try again" under an answer that went wrong: the choices are kept, and the command runs anew with them. */
import { customId } from '../core/custom-id.ts'
import type { PersonId, ServerId } from '../core/model.ts'
import type { Control } from '../core/reply.ts'
import { en } from '../core/say/en.ts'
import type { Cache, Chance } from './ports.ts'
import { keepHere, recallHere } from './remember.ts'

/** Whoever comes back later types it anew. */
const ASKED_KEPT_MS = 60 * 60_000
const KIND = 'asked'

/** What was asked of a command. */
export type Asked = Readonly<{ subcommand?: string; options: Readonly<Record<string, string | number | boolean>> }>
type By = Readonly<{ serverId?: ServerId; personId: PersonId }>
type Memory = Readonly<{ cache: Cache; chance: Chance }>

/** Keeps what was asked, one a person and command, so that a flood keeps no more. */
export async function againControls(
  command: string,
  { asker, subcommand, options }: Asked & Readonly<{ asker: By }>,
  memory: Memory,
): Promise<readonly Control[]> {
  const value: Asked = { options, ...(subcommand === undefined ? {} : { subcommand }) }
  await keepHere({ kind: KIND, value, keptMs: ASKED_KEPT_MS, name: nameOf(command, asker) }, asker, memory)
  const id = customId('again', 'command', command)
  return [
    { kind: 'buttons', buttons: [{ kind: 'press', label: en.errors.tryAgain, emoji: '🔄', style: 'primary', id }] },
  ]
}

/** What this very person last asked of the command here, in vain. */
export function recallAsked(command: string, asker: By, memory: Memory): Promise<Asked | undefined> {
  return recallHere<Asked>({ kind: KIND, name: nameOf(command, asker) }, asker, memory)
}

function nameOf(command: string, { personId }: By): string {
  return `${personId}:${command}`
}
