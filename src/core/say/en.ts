/** Every sentence that a user reads, in English: one room a subject. A second language is the same shape. */
import { card } from './en/card.ts'
import { errors } from './en/errors.ts'
import { notices } from './en/notices.ts'

export const en = { card, errors, notices } as const
