/** A self-signed certificate made on the spot, so that no private key lies in the repository. */
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'

/** @param names - the DNS names that it is good for
 *  @returns PEM of key and certificate (X.509 v3, ECDSA P-256, valid 2020 to 2049) */
export function makeCertificate(names: readonly string[]): Readonly<{ key: string; cert: string }> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const name = sequence(tag(0x31, sequence(OID.commonName, tag(0x0c, Buffer.from('test')))))
  const alternatives = sequence(...names.map((each) => tag(0x82, Buffer.from(each))))
  const body = sequence(
    tag(0xa0, integer(2)), // v3
    integer(1),
    sequence(OID.ecdsaSha256),
    name,
    sequence(tag(0x17, Buffer.from('200101000000Z')), tag(0x17, Buffer.from('491231235959Z'))),
    name,
    publicKey,
    tag(0xa3, sequence(sequence(OID.alternativeName, tag(0x04, alternatives)))),
  )
  const signature = sign('sha256', body, createPrivateKey(privateKey))
  const certificate = sequence(body, sequence(OID.ecdsaSha256), tag(0x03, Buffer.concat([Buffer.of(0), signature])))
  const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n')
  return { key: privateKey, cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n` }
}

const OID = {
  commonName: Buffer.from('0603550403', 'hex'),
  alternativeName: Buffer.from('0603551d11', 'hex'),
  ecdsaSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
}

function tag(number: number, content: Buffer): Buffer {
  const length =
    content.length < 128 ? Buffer.of(content.length) : Buffer.of(0x82, content.length >> 8, content.length & 255)
  return Buffer.concat([Buffer.of(number), length, content])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tag(0x30, Buffer.concat(parts))
}

function integer(value: number): Buffer {
  return tag(0x02, Buffer.of(value))
}
