/** Why an address gave no feed: one line each, with what to try. Nothing a server said is repeated, and nothing tells what lives inside
 *  a private network. */
import { type Rich, rich } from '../../rich.ts'

/** By WebRefusal, WebFailure, FeedRefusal and ReaderLoss. A reason without a sentence of its own gets `other`. */
const REASONS: Readonly<Record<string, Rich>> = {
  'not an address': rich`That is not a web address. It should look like https://example.org/feed.`,
  scheme: rich`I only read http and https addresses.`,
  credentials: rich`The address holds a user name or password. Use one without.`,
  port: rich`I do not connect to that port. Use the site’s ordinary address (80, 443, 8080 or 8443).`,
  'too long': rich`That address is too long. Up to 2,048 characters are fine.`,
  name: rich`I do not connect to that name. Use a public web address.`,
  private: rich`That address does not lead to the public internet. Use a public one, or ask the operator about ALLOW_PRIVATE_ADDRESSES.`,
  'too many redirects': rich`The address redirects too often. Open it in a browser and give me the final address.`,
  robots: rich`The site asks programs like me not to read that page (robots.txt).`,
  held: rich`The site has asked me to wait before I ask again. Try again later.`,
  'unknown host': rich`I cannot find that host. Check the spelling.`,
  unreachable: rich`The site does not answer. Check the address, or try again later.`,
  timeout: rich`The site took too long to answer. Try again later.`,
  'too large': rich`What the site sent is too large for a feed (10 MB at most). Look for a smaller feed there.`,
  'broken encoding': rich`The site’s answer arrived damaged or cut off. Try again later.`,
  challenge: rich`The site asks visitors to prove that they are human, which I cannot. Look for another address of its feed.`,
  protocol: rich`The site’s answer is not proper HTTP. Check the address.`,
  stopped: rich`I am just being restarted. Try again in a minute.`,
  'too slow': rich`Reading that document took too long, so I gave up. Look for a smaller feed there.`,
  empty: rich`That address answers with an empty page. Look for another address of the feed.`,
  'html page': rich`That is a web page, and I found no feed behind it. Look for “RSS” on the site and give me that address.`,
  'challenge page': rich`The site asks visitors to prove that they are human, which I cannot. Look for another address of its feed.`,
  'not a feed': rich`What is at that address is no feed. Look for “RSS” on the site and give me that address.`,
  broken: rich`The feed at that address is damaged or cut off, so I cannot read it. Tell the site, or look for another one there.`,
  'too deep': rich`The document at that address is no honest feed. Look for another one there.`,
  crashed: rich`That document cannot be read. Look for another feed there.`,
}
const OTHER = rich`There is no feed at that address that I can read. Look for “RSS” on the site and give me that address.`

export const web = {
  thatAddress: 'that address',
  why: (reason: string): Rich => REASONS[reason] ?? OTHER,
  status: (status: number): Rich => rich`The site answers with error ${status}. Check the address, or try again later.`,
} as const
