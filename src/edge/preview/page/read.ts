/** Discord's JSON is read field by field: what has another shape is passed over. */

export type Json = Readonly<Record<string, unknown>>

export const recordOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
export const recordsOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(recordOf) : [])
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
export const numberOf = (value: unknown, otherwise = 0): number => (typeof value === 'number' ? value : otherwise)

/** An address that a link may have. */
export function webAddress(value: unknown): string | undefined {
  const text = textOf(value)
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined
}
