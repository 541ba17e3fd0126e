/** What answers to "Try again": rights and quotas are checked as for any command. */
import { refusal } from '../core/reply.ts'
import { en } from '../core/say/en.ts'
import { recallAsked } from './again.ts'
import { type Command, type Pressable, runCommand } from './command.ts'

export function createAgain(commands: readonly Command[]): Pressable {
  return {
    name: 'again',
    inDirectMessages: true,
    presses: {
      command: {
        access: 'everyone',
        async run({ asker, args: [name = ''] }, world) {
          const command = commands.find((one) => one.name === name)
          const asked = command && (await recallAsked(name, asker, world))
          if (!(command && asked)) return { ...refusal(en.errors.unknownButton), how: 'update' }
          const reply = await runCommand(command, { ...asked, asker }, world)
          return reply.kind === 'message' ? { ...reply, how: 'update' } : reply
        },
      },
    },
  }
}
