/** Words for what is wrong, with Discord's codes. */
import type { Problem } from '../api-error.ts'
import type { Json } from '../json.ts'

export type Path = readonly (string | number)[]

export const problem = (path: Path, code: string, message: string): Problem => ({ path, code, message })

/** The same problems, of a part of the body. */
export function within(path: Path, problems: readonly Problem[]): readonly Problem[] {
  return problems.map((one) => ({ ...one, path: [...path, ...one.path] }))
}

/** As Discord's database counts them. */
export const charsOf = (text: string): number => [...text].length

export const required = (path: Path): Problem => problem(path, 'BASE_TYPE_REQUIRED', 'This field is required')
export const tooMany = (path: Path, max: number): Problem =>
  problem(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`)

/** A text of so many characters, or a list of so many rows. Absent is well, unless `min` and `isRequired` say otherwise. */
export function length(
  body: Json,
  name: string,
  { min = 0, max, isRequired = min > 0 }: Readonly<{ min?: number; max: number; isRequired?: boolean }>,
): readonly Problem[] {
  const value = body[name]
  if (value == null) return isRequired ? [required([name])] : []
  if (typeof value !== 'string' && !Array.isArray(value))
    return [problem([name], 'BASE_TYPE_BAD_TYPE', 'Has a type that does not fit')]
  const size = typeof value === 'string' ? charsOf(value) : value.length
  if (size > max) return [tooMany([name], max)]
  if (size < min) return [problem([name], 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`)]
  return []
}

const WEB = /^https?:\/\/[^\s/]+/i

/** An address that Discord takes: http(s), in links of buttons also discord:, in embeds also attachment:. */
export function address(body: Json, name: string, others: readonly string[] = []): readonly Problem[] {
  const value = body[name]
  if (value == null) return []
  if (typeof value === 'string' && (WEB.test(value) || others.some((scheme) => value.startsWith(`${scheme}://`))))
    return charsOf(value) > 2_048 ? [tooMany([name], 2_048)] : []
  return [problem([name], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.')]
}
