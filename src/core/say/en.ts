/** Every sentence that a user reads, in English: one room a subject. A second language is the same shape. */
import { card } from './en/card.ts'
import * as commands from './en/commands.ts'
import { errors } from './en/errors.ts'
import { notices } from './en/notices.ts'
import { web } from './en/web.ts'

export const en = { ...commands, card, errors, notices, web } as const
