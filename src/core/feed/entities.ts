import { windows1252 } from '../decode.ts'

/** Replaces the character references of XML and HTML: decimal, hexadecimal, HTML's names and the document's own. What is unknown
 *  or has no semicolon stays as it is: `AT&T`, `?a=1&b=2`. One pass (what comes out is not decoded again), linear.
 *  @param own - entities that the document declared, name to text */
export function decodeEntities(text: string, own?: ReadonlyMap<string, string>): string {
  let at = text.indexOf('&')
  if (at < 0) return text
  const parts: string[] = []
  let from = 0
  while (at >= 0) {
    const end = text.slice(at, at + NAME_CHARS_MAX).indexOf(';')
    const value = end < 2 ? undefined : referenced(text.slice(at + 1, at + end), own)
    if (value !== undefined) {
      parts.push(text.slice(from, at), value)
      from = at + end + 1
    }
    at = text.indexOf('&', value === undefined ? at + 1 : from)
  }
  parts.push(text.slice(from))
  return parts.join('')
}

/** Entities that a DOCTYPE declares as plain text. Those made of others, the parameters and the external ones stay unread: they
 *  are how a small document becomes a large one, or reads a file. */
export function declaredEntities(doctype: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (
    let at = doctype.indexOf('<!ENTITY');
    at >= 0 && found.size < ENTITIES_MAX;
    at = doctype.indexOf('<!ENTITY', at + 8)
  ) {
    const declared = /^<!ENTITY\s{1,9}([\w.-]{1,31})\s{1,9}(?:"([^"&%<]{0,100})"|'([^'&%<]{0,100})')/.exec(
      doctype.slice(at, at + 180),
    )
    const value = declared?.[2] ?? declared?.[3]
    if (declared?.[1] !== undefined && value !== undefined && value.length <= ENTITY_CHARS_MAX)
      found.set(declared[1], value)
  }
  return found
}
const ENTITIES_MAX = 300 // HTML's own list, which some feeds declare, has 252
const ENTITY_CHARS_MAX = 100 // one reference has at least 3 characters: text grows 33 times at the most

/** Whether decoding would change the text: it holds at least one reference that HTML knows. */
export function hasEntity(text: string): boolean {
  return text.includes('&') && decodeEntities(text) !== text
}

const NAME_CHARS_MAX = 40 // the longest name in HTML has 31 characters

function referenced(name: string, own: ReadonlyMap<string, string> | undefined): string | undefined {
  if (!name.startsWith('#')) return own?.get(name) ?? BY_NAME.get(name)
  const digits = /^#(?:x([0-9a-f]{1,8})|(\d{1,9}))$/i.exec(name)
  if (!digits) return undefined
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16)
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd' // as HTML says
  const control = (code < 0x20 && code !== 9 && code !== 10 && code !== 13) || code === 0x7f
  return control ? '' : windows1252(code)
}

/** HTML 4's names from U+00A0 to U+00FF, in order. */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para ' +
  'middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave ' +
  'Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc ' +
  'Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc ' +
  'iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
/** HTML 4's other names, and HTML 5's for ASCII and the Latin letters of Europe: name, code in hexadecimal. */
const OTHERS =
  'Tab 9 NewLine a excl 21 num 23 dollar 24 percnt 25 lpar 28 rpar 29 ast 2a plus 2b comma 2c period 2e sol 2f colon 3a ' +
  'semi 3b quest 3f commat 40 lbrack 5b lsqb 5b bsol 5c rbrack 5d rsqb 5d lowbar 5f grave 60 lbrace 7b lcub 7b verbar 7c ' +
  'vert 7c rbrace 7d rcub 7d Amacr 100 amacr 101 Abreve 102 abreve 103 Aogon 104 aogon 105 Cacute 106 cacute 107 Ccirc 108 ' +
  'ccirc 109 Cdot 10a cdot 10b Ccaron 10c ccaron 10d Dcaron 10e dcaron 10f Dstrok 110 dstrok 111 Emacr 112 emacr 113 Edot ' +
  '116 edot 117 Eogon 118 eogon 119 Ecaron 11a ecaron 11b Gcirc 11c gcirc 11d Gbreve 11e gbreve 11f Gdot 120 gdot 121 ' +
  'Gcedil 122 Hcirc 124 hcirc 125 Hstrok 126 hstrok 127 Itilde 128 itilde 129 Imacr 12a imacr 12b Iogon 12e iogon 12f Idot ' +
  '130 imath 131 IJlig 132 ijlig 133 Jcirc 134 jcirc 135 Kcedil 136 kcedil 137 kgreen 138 Lacute 139 lacute 13a Lcedil 13b ' +
  'lcedil 13c Lcaron 13d lcaron 13e Lmidot 13f lmidot 140 Lstrok 141 lstrok 142 Nacute 143 nacute 144 Ncedil 145 ncedil 146 ' +
  'Ncaron 147 ncaron 148 napos 149 ENG 14a eng 14b Omacr 14c omacr 14d Odblac 150 odblac 151 OElig 152 oelig 153 Racute 154 ' +
  'racute 155 Rcedil 156 rcedil 157 Rcaron 158 rcaron 159 Sacute 15a sacute 15b Scirc 15c scirc 15d Scedil 15e scedil 15f ' +
  'Scaron 160 scaron 161 Tcedil 162 tcedil 163 Tcaron 164 tcaron 165 Tstrok 166 tstrok 167 Utilde 168 utilde 169 Umacr 16a ' +
  'umacr 16b Ubreve 16c ubreve 16d Uring 16e uring 16f Udblac 170 udblac 171 Uogon 172 uogon 173 Wcirc 174 wcirc 175 Ycirc ' +
  '176 ycirc 177 Yuml 178 Zacute 179 zacute 17a Zdot 17b zdot 17c Zcaron 17d zcaron 17e fnof 192 circ 2c6 tilde 2dc Alpha ' +
  '391 Beta 392 Gamma 393 Delta 394 Epsilon 395 Zeta 396 Eta 397 Theta 398 Iota 399 Kappa 39a Lambda 39b Mu 39c Nu 39d Xi ' +
  '39e Omicron 39f Pi 3a0 Rho 3a1 Sigma 3a3 Tau 3a4 Upsilon 3a5 Phi 3a6 Chi 3a7 Psi 3a8 Omega 3a9 alpha 3b1 beta 3b2 gamma ' +
  '3b3 delta 3b4 epsilon 3b5 zeta 3b6 eta 3b7 theta 3b8 iota 3b9 kappa 3ba lambda 3bb mu 3bc nu 3bd xi 3be omicron 3bf pi ' +
  '3c0 rho 3c1 sigmaf 3c2 sigma 3c3 tau 3c4 upsilon 3c5 phi 3c6 chi 3c7 psi 3c8 omega 3c9 thetasym 3d1 upsih 3d2 piv 3d6 ' +
  'ensp 2002 emsp 2003 thinsp 2009 zwnj 200c zwj 200d lrm 200e rlm 200f dash 2010 hyphen 2010 ndash 2013 mdash 2014 horbar ' +
  '2015 lsquo 2018 rsquo 2019 sbquo 201a ldquo 201c rdquo 201d bdquo 201e dagger 2020 Dagger 2021 bull 2022 nldr 2025 ' +
  'hellip 2026 permil 2030 prime 2032 Prime 2033 lsaquo 2039 rsaquo 203a oline 203e frasl 2044 euro 20ac image 2111 numero ' +
  '2116 weierp 2118 real 211c TRADE 2122 trade 2122 alefsym 2135 larr 2190 uarr 2191 rarr 2192 darr 2193 harr 2194 crarr ' +
  '21b5 lArr 21d0 uArr 21d1 rArr 21d2 dArr 21d3 hArr 21d4 forall 2200 part 2202 exist 2203 empty 2205 nabla 2207 isin 2208 ' +
  'notin 2209 ni 220b prod 220f sum 2211 minus 2212 lowast 2217 radic 221a prop 221d infin 221e ang 2220 and 2227 or 2228 ' +
  'cap 2229 cup 222a int 222b there4 2234 sim 223c cong 2245 asymp 2248 ne 2260 equiv 2261 le 2264 ge 2265 sub 2282 sup ' +
  '2283 nsub 2284 sube 2286 supe 2287 oplus 2295 otimes 2297 perp 22a5 sdot 22c5 lceil 2308 rceil 2309 lfloor 230a rfloor ' +
  '230b lang 2329 rang 232a loz 25ca phone 260e spades 2660 clubs 2663 hearts 2665 diams 2666 check 2713'

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ amp: '&', AMP: '&', lt: '<', LT: '<', gt: '>', GT: '>', quot: '"', QUOT: '"', apos: "'" }),
  ...LATIN_1.split(' ').map((name, n) => [name, String.fromCharCode(0xa0 + n)] as const),
  ...OTHERS.split(' ').flatMap((name, n, all) =>
    n % 2 === 0 ? [[name, String.fromCharCode(Number.parseInt(all[n + 1] ?? '', 16))] as const] : [],
  ),
])
