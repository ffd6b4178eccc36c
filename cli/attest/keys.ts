import type { KeyObject } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { keyIdOf, newKeyPair, privateKeyFrom, publicKeyFrom, supportedKeys } from '../../reports/attest/signing-key.ts'
import { writeNew } from '../../reports/attest/write-new.ts'
import { UsageError } from '../shell/usage-error.ts'

/** Variables of the environment with the private key in PEM, and with the passphrase of an encrypted one. */
export const keyVariable = 'HOLDFAST_ATTEST_KEY'
const passphraseVariable = 'HOLDFAST_ATTEST_PASSPHRASE'

type Environment = Readonly<Record<string, string | undefined>>

/** The private key of a file, or of the environment when no file is named. Throws a `UsageError` that says what is wrong with it. */
export function signingKey(file: string | undefined, environment: Environment): KeyObject {
  const pem = file === undefined ? valueOf(environment, keyVariable) : readKey(file)
  if (pem === undefined)
    throw new UsageError('There is no key to sign with.', {
      fix: `Give --key <file> or the variable ${keyVariable}; "holdfast attest --generate-key <file>" makes a pair.`,
    })
  return explained(() => privateKeyFrom(pem, valueOf(environment, passphraseVariable)), {
    from: file ?? keyVariable,
    fix: `Give a private key in PEM, ${supportedKeys}, and the passphrase of an encrypted one in ${passphraseVariable}.`,
  })
}

/** The public key of a file. Throws a `UsageError` that says what is wrong with it. */
export function verificationKey(file: string): KeyObject {
  return explained(() => publicKeyFrom(readKey(file)), { from: file, fix: `Give a public key in PEM, ${supportedKeys}.` })
}

/** Where a new pair of keys is, and how the public one is named. */
export interface NewKeys {
  readonly privateFile: string
  readonly publicFile: string
  readonly id: string
}

/**
 * Writes a new pair of keys: the private one into a file that only its owner reads, encrypted where the environment has a passphrase, the
 * public one beside it. Nothing is ever replaced.
 */
export function writeKeyPair(file: string, environment: Environment): NewKeys {
  const [privateFile, publicFile] = [resolve(file), `${resolve(file)}.pub`]
  const there = [privateFile, publicFile].find((path) => existsSync(path))
  if (there !== undefined) throw new UsageError(`${there} is there already.`, { fix: 'A key is never replaced: name another file.' })
  const { privateKey, publicKey } = newKeyPair(valueOf(environment, passphraseVariable))
  writeKey(privateFile, privateKey, 0o600)
  try {
    writeKey(publicFile, publicKey, 0o644)
  } catch (error) {
    rmSync(privateFile)
    throw error
  }
  return { privateFile, publicFile, id: keyIdOf(publicKeyFrom(publicKey)) }
}

function valueOf(environment: Environment, name: string): string | undefined {
  const value = environment[name]
  return value === '' ? undefined : value
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`Key file ${file} cannot be read: ${String(error)}.`, {
      fix: 'Give --key the path of a PEM file that you can read.',
    })
  }
}

function writeKey(path: string, text: string, mode: number): void {
  try {
    writeNew(path, text, mode)
  } catch (error) {
    throw new UsageError(`Key file ${path} cannot be written: ${String(error)}.`, {
      fix: 'Name a file in a directory that you can write to.',
    })
  }
}

function explained<T>(read: () => T, { from, fix }: { readonly from: string; readonly fix: string }): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${from} cannot be used: ${error instanceof Error ? error.message : String(error)}`, { fix })
  }
}
