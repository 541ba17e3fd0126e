/** What must never stand in a log line, taken out at the sink: whoever logs may forget, the sink does not. */

/** A bot token's shape: id, time and signature in base64url, parted by dots. */
const BOT_TOKEN = /[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,}/g
const WEBHOOK = /(\/webhooks\/\d{5,20}\/)[A-Za-z0-9_-]{20,}/g
const AUTHORIZATION = /("?authorization"?\s*[:=]\s*"?(?:Bot|Bearer|Basic)?\s*)[A-Za-z0-9._~+/=-]{8,}/gi
/** A feed's query may hold a key (ARCHITECTURE.md, Whose feeds). */
const QUERY = /(https?:\/\/[^\s"'\\?#]+)\?[^\s"'\\]+/gi
const GONE = '[redacted]'

/** @param secrets - exact values; those shorter than 8 characters are ignored, they would redact ordinary words */
export function createRedactor(secrets: readonly string[]): (line: string) => string {
  const exact = secrets.filter((secret) => secret.length >= 8)
  return (line) => {
    const shapes = line
      .replace(BOT_TOKEN, GONE)
      .replace(WEBHOOK, `$1${GONE}`)
      .replace(AUTHORIZATION, `$1${GONE}`)
      .replace(QUERY, '$1?…')
    return exact.reduce((redacted, secret) => redacted.replaceAll(secret, GONE), shapes)
  }
}
