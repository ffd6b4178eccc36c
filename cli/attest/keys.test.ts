import { spawnSync } from 'node:child_process'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { keyIdOf } from '../../reports/attest/signing-key.ts'
import { signingKey, verificationKey, writeKeyPair } from './keys.ts'

let directory: string
let file: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  file = join(directory, 'key.pem')
})

afterEach(() => rmSync(directory, { recursive: true }))

test('a new pair is for its owner alone, and is never replaced', () => {
  const { privateFile, publicFile, id } = writeKeyPair(file, {})
  expect([privateFile, publicFile]).toEqual([file, `${file}.pub`])
  expect(statSync(privateFile).mode & 0o777).toBe(0o600)
  expect(keyIdOf(createPublicKey(signingKey(file, {})))).toBe(id)
  expect(keyIdOf(verificationKey(publicFile))).toBe(id)
  const before = readFileSync(file, 'utf8')
  expect(() => writeKeyPair(file, {})).toThrow(`${file} is there already.`)
  rmSync(file)
  expect(() => writeKeyPair(file, {})).toThrow(`${publicFile} is there already.`)
  expect(existsSync(file)).toBe(false)
  expect(before).toContain('PRIVATE KEY')
})

test('a new pair is encrypted where the environment has a passphrase', () => {
  const environment = { HOLDFAST_ATTEST_PASSPHRASE: 'correct horse' }
  const { id } = writeKeyPair(file, environment)
  expect(keyIdOf(createPublicKey(signingKey(file, environment)))).toBe(id)
  expect(() => signingKey(file, {})).toThrow(`${file} cannot be used: The key is encrypted, and there is no passphrase.`)
})

test('a pair that cannot be written leaves nothing behind', () => {
  expect(() => writeKeyPair(join(directory, 'missing', 'key.pem'), {})).toThrow('cannot be written')
  expect(existsSync(join(directory, 'missing'))).toBe(false)
})

test('a key that the disk has no room for leaves no part of it behind', () => {
  const script = `import { writeKeyPair } from ${JSON.stringify(join(import.meta.dirname, 'keys.ts'))}
    writeKeyPair(${JSON.stringify(file)}, {})`
  const { status, stderr } = spawnSync('sh', ['-c', 'ulimit -f 0; exec node --input-type=module --eval "$0"', script], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([1, expect.stringContaining(`Key file ${file} cannot be written: Error: EFBIG`)])
  expect(readdirSync(directory)).toEqual([])
})

test('the key is that of the file, or that of the environment when no file is named', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  expect(keyIdOf(createPublicKey(signingKey(undefined, { HOLDFAST_ATTEST_KEY: pem })))).toBe(keyIdOf(publicKey))
  const { id } = writeKeyPair(file, {})
  expect(keyIdOf(createPublicKey(signingKey(file, { HOLDFAST_ATTEST_KEY: pem })))).toBe(id)
})

test('without a key there is one sentence on how to get one', () => {
  expect(() => signingKey(undefined, { HOLDFAST_ATTEST_KEY: '' })).toThrow('There is no key to sign with.')
  expect(() => signingKey(undefined, { HOLDFAST_ATTEST_KEY: 'secret' })).toThrow(
    /^HOLDFAST_ATTEST_KEY cannot be used: The key is not a private key in PEM\.$/,
  )
  expect(() => signingKey(file, {})).toThrow(`Key file ${file} cannot be read`)
  writeFileSync(file, 'no key')
  expect(() => verificationKey(file)).toThrow(`${file} cannot be used: The key is not a public key in PEM.`)
})
