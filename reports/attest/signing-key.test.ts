import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyIdOf, newKeyPair, privateKeyFrom, publicKeyFrom } from './signing-key.ts'

const pkcs8 = { type: 'pkcs8', format: 'pem' } as const
const spki = { type: 'spki', format: 'pem' } as const

/** Pairs that `ssh-keygen -l` and `openssl` were shown, with the fingerprints that they printed. */
const ecdsaPem = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEwJdQgJInxoyCGRlZpVgMh8oCKCYH
u1S4hkO02te3Owm7UZM0B7BFZ3PPDEB6zpexf2u72EWjPoTsa73/QAY0tA==
-----END PUBLIC KEY-----
`
const ed25519OfSsh = 'AAAAC3NzaC1lZDI1NTE5AAAAINfOeXxvs8Sa1QFfnpzSeySVzX0mt68Cm0BWoFKIjWqR'

/** The public key that belongs to a private one. */
function publicPemOf(key: KeyObject): string {
  return createPublicKey(key).export(spki).toString()
}

test('a key is named as ssh-keygen and cosign name it', () => {
  expect(keyIdOf(publicKeyFrom(ecdsaPem))).toBe('SHA256:WORnX6/CfBLvsWhsoYjg3UlAqNtcv/ODzs8ZF5mytJ4')
  const x = Buffer.from(ed25519OfSsh, 'base64').subarray(-32).toString('base64url')
  const ed25519 = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  expect(keyIdOf(ed25519)).toBe('SHA256:WCa3fZjjY89VfqCmO+1fpfRJtghwjlJw1nHax7eDosk')
})

test('a new pair belongs together, and an encrypted one opens with its passphrase alone', () => {
  const open = newKeyPair()
  expect(publicPemOf(privateKeyFrom(open.privateKey))).toBe(open.publicKey)
  const closed = newKeyPair('correct horse')
  expect(publicPemOf(privateKeyFrom(closed.privateKey, 'correct horse'))).toBe(closed.publicKey)
  expect(() => privateKeyFrom(closed.privateKey)).toThrow('The key is encrypted, and there is no passphrase.')
  expect(() => privateKeyFrom(closed.privateKey, 'wrong')).toThrow('The passphrase is not that of the key.')
})

test('a traditional EC key and Ed25519 are read, too', () => {
  const sec1 = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding: spki,
  })
  expect(publicPemOf(privateKeyFrom(sec1.privateKey))).toBe(sec1.publicKey)
  const ed25519 = generateKeyPairSync('ed25519', { privateKeyEncoding: pkcs8, publicKeyEncoding: spki })
  expect(publicPemOf(privateKeyFrom(ed25519.privateKey))).toBe(ed25519.publicKey)
})

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: pkcs8, publicKeyEncoding: spki })
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384', privateKeyEncoding: pkcs8, publicKeyEncoding: spki })

test.each([
  [rsa.privateKey, 'The key is of type rsa, and must be ECDSA with P-256, or Ed25519.'],
  [p384.privateKey, 'The key is of type ec on curve secp384r1, and must be ECDSA with P-256, or Ed25519.'],
  [ecdsaPem, 'The key is not a private key in PEM.'],
  ['', 'The key is not a private key in PEM.'],
  ['-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n', 'The key is encrypted in a form of cosign that only cosign reads.'],
])('no signature is made with %.60j', (pem, sentence) => {
  expect(() => privateKeyFrom(pem)).toThrow(sentence)
})

test.each([
  [rsa.publicKey, 'The key is of type rsa, and must be ECDSA with P-256, or Ed25519.'],
  [newKeyPair().privateKey, 'The key is a private one, and a signature is verified with the public one.'],
  ['SHA256:abc', 'The key is not a public key in PEM.'],
])('no signature is verified with %.60j', (pem, sentence) => {
  expect(() => publicKeyFrom(pem)).toThrow(sentence)
})
