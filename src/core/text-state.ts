/** Text that a button remembers in its custom_id, where it fits. */

/** What `v1:command:page:999:` leaves of the hundred characters. */
const PACKED_CHARS_MAX = 76

/** base64url of the UTF-8, which holds no colon; undefined when it does not fit. */
export function packText(text: string): string | undefined {
  const packed = new TextEncoder().encode(text).toBase64({ alphabet: 'base64url', omitPadding: true })
  return packed.length <= PACKED_CHARS_MAX ? packed : undefined
}

/** Undefined for what `packText` never made. */
export function unpackText(packed: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.fromBase64(packed, { alphabet: 'base64url' }))
  } catch {
    return undefined
  }
}
