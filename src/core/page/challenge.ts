/** Whether a page is what a bot protection shows instead of the article: it names itself early, and has hardly any text.
 *  @param html - the page as it came
 *  @param text - what was read from it */
export function isChallenge(html: string, text: string): boolean {
  if (text.length > TEXT_CHARS_MAX) return false
  const head = html.slice(0, HEAD_CHARS)
  if (MARKS.some((mark) => head.includes(mark))) return true
  const words = head.toLowerCase()
  return PHRASES.some((phrase) => words.includes(phrase))
}

const TEXT_CHARS_MAX = 800 // an explanation and a reference number; articles that speak of robots are longer
const HEAD_CHARS = 30_000 // such pages are short, and name themselves early

/** From the pages of Cloudflare, DDoS-Guard, Imperva, Akamai, PerimeterX, DataDome, Sucuri, AWS. */
const MARKS = [
  'cf-chl-',
  'cf_chl_opt',
  '<title>Just a moment...</title>',
  'Attention Required! | Cloudflare',
  'ddos-guard',
  '_Incapsula_Resource',
  'errors.edgesuite.net',
  'px-captcha',
  'captcha-delivery.com',
  'sucuri_cloudproxy_js',
  'awsWafCookieDomainList',
]
const PHRASES = [
  'checking your browser',
  'checking if the site connection is secure',
  'verify you are human',
  'verifying you are human',
  'enable javascript and cookies to continue',
  'please complete the security check',
  'are you a robot',
  'you have been blocked',
]
