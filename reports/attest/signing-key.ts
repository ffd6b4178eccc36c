import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto'

/** What a key must be, for messages. */
export const supportedKeys = 'ECDSA with P-256, or Ed25519'

/** Reads a private key in PEM; an encrypted one with its passphrase. Throws a sentence on what is wrong with it. */
export function privateKeyFrom(pem: string, passphrase?: string): KeyObject {
  if (pem.includes('SIGSTORE PRIVATE KEY')) throw new Error('The key is encrypted in a form of cosign that only cosign reads.')
  if (!pem.includes('ENCRYPTED')) return supported(read(() => createPrivateKey(pem), 'The key is not a private key in PEM.'))
  if (passphrase === undefined) throw new Error('The key is encrypted, and there is no passphrase.')
  return supported(read(() => createPrivateKey({ key: pem, passphrase }), 'The passphrase is not that of the key.'))
}

/** Reads a public key in PEM (SPKI). Throws a sentence on what is wrong with it; a private key is refused. */
export function publicKeyFrom(pem: string): KeyObject {
  if (pem.includes('PRIVATE KEY')) throw new Error('The key is a private one, and a signature is verified with the public one.')
  return supported(read(() => createPublicKey(pem), 'The key is not a public key in PEM.'))
}

/** A new pair of keys for ECDSA with P-256, in PEM; the private one is encrypted where there is a passphrase. */
export function newKeyPair(passphrase?: string): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', ...(passphrase !== undefined && { cipher: 'aes-256-cbc', passphrase }) },
  })
}

/**
 * Names a public key by the fingerprint that `ssh-keygen -l` prints for it, such as `SHA256:4mQ…`. In an envelope it must be this one:
 * cosign derives it from the key that it is given, and passes over a signature with another keyid.
 */
export function keyIdOf(key: KeyObject): string {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const parts =
    key.asymmetricKeyType === 'ed25519'
      ? [Buffer.from('ssh-ed25519'), fromBase64Url(x)]
      : [
          Buffer.from('ecdsa-sha2-nistp256'),
          Buffer.from('nistp256'),
          Buffer.concat([Buffer.of(uncompressedPoint), fromBase64Url(x), fromBase64Url(y)]),
        ]
  const digest = hash('sha256', Buffer.concat(parts.flatMap((part) => [lengthOf(part), part])), 'base64')
  return `SHA256:${digest.replace(/=+$/, '')}`
}

const uncompressedPoint = 4

/** Length as SSH writes it (RFC 4251): four bytes, the most significant first. */
function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(part.length)
  return length
}

function fromBase64Url(text: string): Buffer {
  return Buffer.from(text, 'base64url')
}

function read(parse: () => KeyObject, wrong: string): KeyObject {
  try {
    return parse()
  } catch (cause) {
    throw new Error(wrong, { cause })
  }
}

function supported(key: KeyObject): KeyObject {
  const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: { namedCurve } = {} } = key
  if (type === 'ed25519' || (type === 'ec' && namedCurve === 'prime256v1')) return key
  throw new Error(`The key is of type ${type}${namedCurve === undefined ? '' : ` on curve ${namedCurve}`}, and must be ${supportedKeys}.`)
}
