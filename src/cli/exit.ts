/** How a command ends when it cannot go on: one clear line on stderr, and a code that scripts can tell apart. */

/** CARD.md: 0 done, 1 the machine, 2 usage, 3 doctor found problems, 78 configuration (sysexits' EX_CONFIG). */
export const EXIT = { machine: 1, usage: 2, unwell: 3, configuration: 78 } as const

export class Exit extends Error {
  readonly code: (typeof EXIT)[keyof typeof EXIT]
  constructor(code: (typeof EXIT)[keyof typeof EXIT], message: string) {
    super(message)
    this.code = code
  }
}
