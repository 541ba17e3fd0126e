/** Every sentence that a user reads, in English: one room a subject. A second language is the same shape. */
import { errors } from './en/errors.ts'

export const en = { errors } as const
