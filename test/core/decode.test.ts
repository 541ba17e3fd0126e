import { expect, test } from 'vitest'
import { decodeBytes } from '../../src/core/decode.ts'

const ascii = (text: string) => Buffer.from(text, 'latin1')
const utf16 = (text: string, bigEndian = false) => {
  const bytes = Buffer.from(text, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}
const utf32 = (text: string) => {
  const bytes = Buffer.alloc([...text].length * 4)
  for (const [n, char] of [...text].entries()) bytes.writeUInt32BE(char.codePointAt(0) ?? 0, n * 4)
  return bytes
}
const XML = { kind: 'xml' } as const

test.each<[string, Uint8Array, Parameters<typeof decodeBytes>[1], string]>([
  [
    'valid UTF-8 beats every label',
    Buffer.from('<a>Zürich</a>'),
    { ...XML, contentType: 'text/xml; charset=iso-8859-1' },
    '<a>Zürich</a>',
  ],
  ['a UTF-8 BOM is taken off', Buffer.from('\ufeff<a>ß</a>'), XML, '<a>ß</a>'],
  ['UTF-16 is known by its BOM', utf16('\ufeff<a>漢</a>'), XML, '<a>漢</a>'],
  ['UTF-16 is known by its zeros', utf16('<a>漢</a>', true), XML, '<a>漢</a>'],
  ['little-endian UTF-16 too', utf16('<a>漢</a>'), XML, '<a>漢</a>'],
  ['UTF-32 is read', utf32('<a>漢😀</a>'), XML, '<a>漢😀</a>'],
  [
    'a UTF-16 label on plain bytes is a lie',
    Buffer.from('<?xml encoding="utf-16"?><a>ï</a>'),
    XML,
    '<?xml encoding="utf-16"?><a>ï</a>',
  ],
  [
    'HTTP comes before the declaration',
    ascii('<?xml encoding="koi8-r"?>\xcd'),
    { ...XML, contentType: 'text/xml; charset="windows-1251"' },
    '<?xml encoding="koi8-r"?>Н',
  ],
  [
    'the declaration comes before the default',
    ascii("<?xml version='1.0' encoding = 'windows-1251'?>\xcd"),
    XML,
    "<?xml version='1.0' encoding = 'windows-1251'?>Н",
  ],
  [
    'latin1 means windows-1252',
    ascii('<?xml encoding="ISO-8859-1"?>\x93x\x94 caf\xe9'),
    XML,
    '<?xml encoding="ISO-8859-1"?>“x” café',
  ],
  [
    'gb2312 means gb18030',
    Uint8Array.of(0xe9, 0x46, 0xb6, 0xab),
    { ...XML, contentType: 'text/xml; charset=gb2312' },
    '镕东',
  ],
  ['an unknown label is no label', ascii('caf\xe9'), { ...XML, contentType: 'text/xml; charset=constructor' }, 'café'],
  [
    'windows-1252 labelled UTF-8 is windows-1252',
    ascii('caf\xe9, d\xe9j\xe0'),
    { ...XML, contentType: 'text/xml; charset=utf-8' },
    'café, déjà',
  ],
  [
    'one cut sequence does not spoil real UTF-8',
    Buffer.concat([Buffer.from('é’ü'), ascii('\xe2\x80')]),
    XML,
    'é’ü\ufffd',
  ],
  [
    'ISO-2022-JP hides in ASCII',
    ascii('\x1b$BEl5~\x1b(B'),
    { ...XML, contentType: 'text/xml; charset=iso-2022-jp' },
    '東京',
  ],
  [
    'a page may say it in a meta',
    ascii('<meta charset=windows-1250>\x9a\xfd'),
    { kind: 'html' },
    '<meta charset=windows-1250>šý',
  ],
  [
    'or in an http-equiv meta',
    ascii('<meta name=x><meta http-equiv=Content-Type content="text/html; charset=Shift_JIS">\x93\x8c'),
    { kind: 'html' },
    '<meta name=x><meta http-equiv=Content-Type content="text/html; charset=Shift_JIS">東',
  ],
  ['control characters are taken out', ascii('a\x00b\x08c\td\r\n'), XML, 'abc\td\r\n'],
  ['C1 characters are the 1252 ones', Buffer.from('don\u0092t'), XML, 'don’t'],
  ['nothing is nothing', new Uint8Array(), XML, ''],
])('%s', (...[, bytes, hint, text]) => {
  expect(decodeBytes(bytes, hint)).toBe(text)
})

test('half a surrogate pair in UTF-32 is replaced', () => {
  expect(decodeBytes(Uint8Array.of(0, 0, 0, 0x3c, 0, 0, 0xd8, 0), XML)).toBe('<\ufffd')
})

test('UTF-7 is not spoken', () => {
  const bytes = ascii('+ADw-script+AD4-')
  expect(decodeBytes(bytes, { ...XML, contentType: 'text/xml; charset=utf-7' })).toBe('+ADw-script+AD4-')
})

test('any bytes come out well formed', () => {
  let seed = 7
  const bytes = Uint8Array.from({ length: 20_000 }, () => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31
    return seed >> 16
  })
  for (let from = 0; from < 64; from++)
    expect(decodeBytes(bytes.subarray(from), { kind: 'html' }).isWellFormed()).toBe(true)
})
