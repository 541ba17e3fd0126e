/** What went wrong and what to do, one line each. */
import { code, command, type Rich, rich } from '../../rich.ts'

export const errors = {
  unknownCommand: rich`I do not know this command. ${command('help')} lists all of them.`,
  unknownButton: rich`This button is not one of mine, or too old to work. Run the command again.`,
  serverOnly: rich`This works in a server only. Run it in the channel that it is about.`,
  managersOnly: rich`This needs the Manage Server permission. Ask somebody who has it.`,
  tooFast: rich`That was too fast for me. Wait a moment and try again.`,
  broken: (id: string): Rich =>
    rich`Something broke on my side, and nothing was changed. Try again; if it stays, tell the operator ${code(id)}.`,
} as const
