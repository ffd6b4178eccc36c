import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { payloadOf, preAuthenticationEncoding, readEnvelope, sealed, signatureProblem } from './envelope.ts'
import { keyIdOf } from './signing-key.ts'

const statement = { _type: 'https://in-toto.io/Statement/v1', subject: [{ name: 'größer' }] }
const pairs = [
  ['ECDSA with P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
  ['Ed25519', generateKeyPairSync('ed25519').privateKey],
] as const

test('what is signed is the example of the specification', () => {
  const encoded = preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world'))
  expect(encoded.toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world')
})

test.each(pairs)('an envelope that %s signed is verified with the public key, and with no other', (_, key) => {
  const envelope = readEnvelope(sealed(statement, key))
  const publicKey = createPublicKey(key)
  expect(envelope.payloadType).toBe('application/vnd.in-toto+json')
  expect(envelope.signatures.map(({ keyid }) => keyid)).toEqual([keyIdOf(publicKey)])
  expect(payloadOf(envelope)).toEqual(statement)
  expect(signatureProblem(envelope, publicKey)).toBeUndefined()
  const other = createPublicKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
  expect(signatureProblem(envelope, other)).toBe(`is not signed by key ${keyIdOf(other)}; it names ${keyIdOf(publicKey)}.`)
})

test('the signature of ECDSA is DER over SHA-256, as cosign and openssl verify it', () => {
  const [[, key]] = pairs
  const { payload, payloadType, signatures } = readEnvelope(sealed(statement, key))
  const signed = preAuthenticationEncoding(payloadType, Buffer.from(payload, 'base64'))
  const signature = Buffer.from(signatures[0]?.sig ?? '', 'base64')
  expect(verify('sha256', signed, { key: createPublicKey(key), dsaEncoding: 'der' }, signature)).toBe(true)
})

test('one good signature of several is enough, and a name that fits no signature is not', () => {
  const [[, one], [, other]] = pairs
  const [first, second] = [readEnvelope(sealed(statement, one)), readEnvelope(sealed(statement, other))]
  const both = { ...first, signatures: [...second.signatures, ...first.signatures] }
  expect(signatureProblem(both, createPublicKey(one))).toBeUndefined()
  const renamed = { ...first, signatures: first.signatures.map(({ sig }) => ({ sig, keyid: keyIdOf(createPublicKey(other)) })) }
  expect(signatureProblem(renamed, createPublicKey(other))).toMatch(/^was changed after it was signed/)
})

test.each([
  ['{"payload', 'is cut off or damaged: it is not JSON.'],
  ['[]', 'is not a DSSE envelope: all of it: '],
  ['{"payloadType":"a","payload":"%","signatures":[]}', 'is not a DSSE envelope: payload: '],
  ['{"payloadType":"text/plain","payload":"YQ==","signatures":[]}', 'has a payload of type text/plain, which is not '],
])('%j is no envelope', (text, sentence) => {
  expect(() => readEnvelope(text)).toThrow(sentence)
})

test('a payload that is not JSON is no statement', () => {
  expect(() => payloadOf({ payloadType: 'a', payload: 'YQ==', signatures: [] })).toThrow('has a payload that is not JSON.')
})
