/** The small checks that message, component and modal share. Each names the place and what stands there. */

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A typed key that Discord does not know is a bug of ours that it would pass over in silence. */
export function unknownKey(record: Record<string, unknown>, known: readonly string[], at: string): string | undefined {
  const key = Object.keys(record).find((one) => !known.includes(one))
  return key === undefined ? undefined : `${at}.${key}: is unknown`
}

export function charsFault(
  value: unknown,
  at: string,
  { min, max }: Readonly<{ min: number; max: number }>,
): string | undefined {
  if (typeof value !== 'string') return `${at}: not a text`
  if (value.length > max) return `${at}: ${value.length} characters, at most ${max}`
  return value.trim().length < min ? `${at}: is empty` : undefined
}

export function linkFault(value: unknown, at: string, max = 2_048): string | undefined {
  if (typeof value !== 'string') return `${at}: not a text`
  if (value.length > max) return `${at}: ${value.length} characters, at most ${max}`
  const isLink = URL.canParse(value) && /^(https?|attachment|discord):$/.test(new URL(value).protocol)
  return isLink ? undefined : `${at}: not an address of http or https`
}
