import { detectLanguage } from '../../language.ts'
import type { Tongue } from './tongue.ts'
import { FRENCH } from './tongues/french.ts'
import { GERMAN } from './tongues/german.ts'
import { POLISH } from './tongues/polish.ts'
import { RUSSIAN } from './tongues/russian.ts'
import { SPANISH } from './tongues/spanish.ts'
import { TURKISH } from './tongues/turkish.ts'
import { UKRAINIAN } from './tongues/ukrainian.ts'

const TONGUES: ReadonlyMap<string, Tongue> = new Map(
  [FRENCH, GERMAN, POLISH, RUSSIAN, SPANISH, TURKISH, UKRAINIAN].map((tongue) => [tongue.code, tongue]),
)

/** The tables for the language of a text; undefined for English and for languages without tables. */
export function tongueOf(text: string): Tongue | undefined {
  return TONGUES.get(detectLanguage(text))
}
