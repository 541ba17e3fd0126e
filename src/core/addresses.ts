/** Where our requests may go (FEEDS.md, "The guard", S1 to S5, S7, S8): an address from any user is judged here, before any wire is touched.
 *  Ranges are from the IANA special-purpose registries; what is not plainly the public internet is refused. */

export type Ip = Readonly<{ family: 4 | 6; value: bigint }>
export type Cidr = Ip & Readonly<{ bits: number }>

/** Reasons in the words of the port Web, less those that only a connection can find. */
export type AddressRefusal = 'not an address' | 'scheme' | 'credentials' | 'port' | 'too long' | 'name' | 'private'

export type AddressRules = Readonly<{
  /** Ranges that the operator allows; they lift the rules of port, name and range for what lies in them, and nothing else. */
  allowPrivate: readonly Cidr[]
  /** Exact origins ("http://127.0.0.1:4321") that are ours: port, name and range do not count. */
  exemptOrigins: readonly string[]
  /** Exact origins whose name is not refused; all else holds for them. */
  namedOrigins?: readonly string[]
}>

export type AddressVerdict = Readonly<
  | {
      kind: 'allowed'
      /** The one parse (S5); its fragment is gone. */
      url: URL
      exempt: boolean
      /** Set where port or name would refuse it: only if every IP is in `allowPrivate` may it be reached. */
      onlyPrivate?: AddressRefusal
    }
  | { kind: 'refused'; reason: AddressRefusal }
>

const URL_CHARS_MAX = 2048 // S4; what servers and browsers commonly take
const HOST_CHARS_MAX = 253 // S4; RFC 1035 in presentation form
const PORTS: ReadonlySet<string> = new Set(['', '80', '443', '8080', '8443']) // S3; '' is the scheme's own

/** Judges an address by its text alone: scheme, credentials, length, port, name, and the range of an IP literal. Never throws.
 *  @param text - as typed, from a feed, or from a redirect
 *  @param base - what a redirect's target is relative to */
export function judgeAddress(text: string, rules: AddressRules, base?: URL): AddressVerdict {
  if (text.length > URL_CHARS_MAX) return refused('too long')
  const url = URL.parse(text, base)
  if (url === null) return refused('not an address')
  if (text.includes('#')) url.hash = '' // also where nothing stands behind the sign
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refused('scheme')
  if (url.username !== '' || url.password !== '') return refused('credentials')
  const host = hostOf(url)
  if (url.href.length > URL_CHARS_MAX || host.length > HOST_CHARS_MAX) return refused('too long')
  if (rules.exemptOrigins.includes(url.origin)) return { kind: 'allowed', url, exempt: true }
  const ip = parseIp(host)
  const fault = PORTS.has(url.port)
    ? ip === undefined && !rules.namedOrigins?.includes(url.origin)
      ? nameFault(host)
      : undefined
    : 'port'
  if (ip !== undefined) {
    const verdict = judgeIps([ip], rules, fault)
    return verdict === undefined ? { kind: 'allowed', url, exempt: false } : refused(verdict)
  }
  if (fault === undefined) return { kind: 'allowed', url, exempt: false }
  // Without private ranges no answer of the name could help, so that no name is asked.
  if (rules.allowPrivate.length === 0 || isDiscord(host)) return refused(fault)
  return { kind: 'allowed', url, exempt: false, onlyPrivate: fault }
}

/** Judges every answer that a name gave (S6, S7, S8): all must be good, for one bad answer says what the name is for.
 *  @param onlyPrivate - what the address' text was refused for, unless all answers lie in the operator's ranges
 *  @returns why not, or undefined */
export function judgeIps(
  ips: readonly (Ip | undefined)[],
  rules: Pick<AddressRules, 'allowPrivate'>,
  onlyPrivate?: AddressRefusal,
): AddressRefusal | undefined {
  for (const ip of ips) {
    if (ip === undefined) return 'private'
    if (isIn(ip, rules.allowPrivate)) continue
    if (!isPublicIp(ip)) return 'private'
    if (onlyPrivate !== undefined) return onlyPrivate
  }
  return undefined
}

/** The host for resolving and connecting: no brackets, no root dot. */
export function hostOf(url: URL): string {
  const host = url.hostname
  if (host.startsWith('[')) return host.slice(1, -1)
  return host.endsWith('.') ? host.slice(0, -1) : host
}

function refused(reason: AddressRefusal): AddressVerdict {
  return { kind: 'refused', reason }
}

/** Names that mean this machine, this network, or nothing on the public internet (RFC 6761, 6762, 7686, 8375, 9476 and custom). */
const INNER_SUFFIXES = ['localhost', 'localdomain', 'local', 'internal', 'lan', 'home.arpa', 'onion']
/** Ours to talk to with a token, never a user's to aim us at. */
const DISCORD_SUFFIXES = [
  'discord.com',
  'discord.gg',
  'discord.co',
  'discord.dev',
  'discord.gift',
  'discord.gifts',
  'discord.media',
  'discord.new',
  'discordapp.com',
  'discordapp.net',
  'discordapp.io',
  'dis.gd',
]
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/ // RFC 1035; the underscore lives in real host names

function nameFault(host: string): AddressRefusal | undefined {
  const labels = host.split('.')
  const sound = labels.length > 1 && labels.every((label) => LABEL.test(label))
  return !sound || endsWithAny(host, INNER_SUFFIXES) || isDiscord(host) ? 'name' : undefined
}

function isDiscord(host: string): boolean {
  return endsWithAny(host, DISCORD_SUFFIXES)
}

function endsWithAny(host: string, suffixes: readonly string[]): boolean {
  return suffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`))
}

/** The public internet, as far as a feed can live there (S7, S8). A mapped, translated or tunnelled IPv4 is not public. */
export function isPublicIp(ip: Ip): boolean {
  return ip.family === 4 ? !isIn(ip, DENIED_4) : isIn(ip, GLOBAL_6) && !isIn(ip, DENIED_6)
}

function isIn(ip: Ip, ranges: readonly Cidr[]): boolean {
  return ranges.some((range) => {
    const shift = BigInt((range.family === 4 ? 32 : 128) - range.bits)
    return range.family === ip.family && range.value >> shift === ip.value >> shift
  })
}

const OCTET = /^(?:0|[1-9]\d{0,2})$/ // no leading zero: some read it as octal
const GROUP = /^[\da-f]{1,4}$/i

/** An IP in its usual spelling; undefined for anything else: names, zones (`fe80::1%eth0`), octal or short forms. */
export function parseIp(text: string): Ip | undefined {
  const value = text.includes(':') ? valueOf6(text) : valueOf4(text)
  return value === undefined ? undefined : { family: text.includes(':') ? 6 : 4, value }
}

function valueOf4(text: string): bigint | undefined {
  const octets = text.split('.')
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet) && Number(octet) < 256)) return undefined
  return BigInt(octets.reduce((sum, octet) => sum * 256 + Number(octet), 0))
}

function valueOf6(text: string): bigint | undefined {
  if (text.length > 45) return undefined // the longest spelling, with an IPv4 at its end
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const last = tail.includes('.') ? valueOf4(tail) : undefined
  if (tail.includes('.') && last === undefined) return undefined
  const hex =
    last === undefined
      ? text
      : `${text.slice(0, -tail.length)}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`
  const halves = hex.split('::')
  if (halves.length > 2) return undefined
  const [before = [], after = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - before.length - after.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  if (!groups.every((group) => GROUP.test(group))) return undefined
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
}

/** Ranges that an operator wrote: "10.0.0.0/8", "fd00::/8", or a single IP.
 *  @throws Error that names the range, for the start-up to show */
export function parseCidrs(texts: readonly string[]): readonly Cidr[] {
  return texts.map((text) => {
    const [address = '', length, ...more] = text.trim().split('/')
    const ip = parseIp(address)
    const most = ip?.family === 4 ? 32 : 128
    const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
    if (ip === undefined || more.length > 0 || !(bits <= most))
      throw new Error(`Cannot read address range "${text}": write an IP with a prefix length, such as 192.168.1.0/24`)
    const host = (1n << BigInt(most - bits)) - 1n
    if ((ip.value & host) !== 0n)
      throw new Error(
        `Cannot read address range "${text}": bits are set behind the prefix of ${bits}, so it is unclear what is meant`,
      )
    return { ...ip, bits }
  })
}

/** S7. */
const DENIED_4: readonly Cidr[] = parseCidrs([
  '0.0.0.0/8', // this network (RFC 791)
  '10.0.0.0/8', // private (RFC 1918)
  '100.64.0.0/10', // carrier-grade NAT (RFC 6598)
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, cloud metadata
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments (RFC 6890)
  '192.0.2.0/24', // documentation (RFC 5737)
  '192.31.196.0/24', // AS112 (RFC 7535)
  '192.52.193.0/24', // AMT (RFC 7450)
  '192.88.99.0/24', // 6to4 relay (RFC 7526)
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112 (RFC 7534)
  '198.18.0.0/15', // benchmarks (RFC 2544)
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/3', // multicast, reserved, broadcast
  '168.63.129.16', // Azure's platform channel
])
/** S8: all that is global unicast, less what is documentation or carries another address. */
const GLOBAL_6: readonly Cidr[] = parseCidrs(['2000::/3'])
const DENIED_6: readonly Cidr[] = parseCidrs([
  '2001::/23', // protocol assignments, with Teredo and ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '3fff::/20', // documentation (RFC 9637)
  '2620:4f:8000::/48', // AS112
])
