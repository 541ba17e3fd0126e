/** What went wrong and what to do, one line each. */
import { ago, code, command, type Rich, rich, strong } from '../../rich.ts'

export const errors = {
  unknownCommand: rich`I do not know this command. ${command('help')} lists all of them.`,
  unknownButton: rich`This button is not one of mine, or too old to work. Run the command again.`,
  serverOnly: rich`This works in a server only. Run it in the channel that it is about.`,
  managersOnly: rich`This needs the Manage Server permission. Ask somebody who has it.`,
  tooFast: (againAt: number): Rich => rich`That was too fast for me. It works again ${ago(againAt)}.`,
  broken: rich`${strong('That did not work, and it is my fault.')} Please try again.`,
  brokenCode: (id: string): Rich => rich`If it stays, give the operator this code: ${code(id)}`,
  tryAgain: 'Try again',
} as const
