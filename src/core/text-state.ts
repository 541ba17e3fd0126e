/** Text that a button remembers in its custom_id, where it fits. */

/** base64url of the UTF-8, which holds no colon; undefined when it is longer than `charsMax`. */
export function packText(text: string, charsMax: number): string | undefined {
  const packed = new TextEncoder().encode(text).toBase64({ alphabet: 'base64url', omitPadding: true })
  return packed.length <= charsMax ? packed : undefined
}

/** Undefined for what `packText` never made. */
export function unpackText(packed: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.fromBase64(packed, { alphabet: 'base64url' }))
  } catch {
    return undefined
  }
}
