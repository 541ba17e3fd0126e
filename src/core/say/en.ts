/** Every sentence that a user reads, in English: one room a subject. A second language is the same shape. */
import { card } from './en/card.ts'
import { errors } from './en/errors.ts'
import * as following from './en/following.ts'
import * as house from './en/house.ts'
import { notices } from './en/notices.ts'
import * as reading from './en/reading.ts'
import { web } from './en/web.ts'

export const en = { ...following, ...reading, ...house, card, errors, notices, web } as const
