import { onlyYou } from '../src/core/reply.ts'
import { en } from '../src/core/say/en.ts'
import type { Command } from '../src/flow/command.ts'

export const help: Command = {
  name: 'help',
  describe: en.help.describe,
  access: 'everyone',
  inDirectMessages: true,
  options: [],
  async run(_request, world) {
    return onlyYou([
      { kind: 'title', text: en.help.title },
      { kind: 'text', text: en.help.intro },
      { kind: 'divider' },
      { kind: 'bullets', items: world.commands.map(({ name, describe }) => en.help.line(name, describe)) },
      { kind: 'note', text: en.help.managers },
      { kind: 'note', text: en.help.privacy },
    ])
  },
  presses: {
    /** The welcome message is taken away by whoever has seen enough of it. */
    dismiss: {
      access: 'manager',
      run: async () => onlyYou([{ kind: 'note', text: en.help.dismissed }], { how: 'update' }),
    },
  },
}
