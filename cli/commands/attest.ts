import type { Command } from 'commander'
import { signingKey, writeKeyPair } from '../attest/keys.ts'
import { findRun } from '../run/find-run.ts'
import { provenReport } from '../run/proven-report.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

interface AttestOptions {
  readonly key?: string
  readonly generateKey?: string
}

/** `holdfast attest <run>`: signs a statement that the files of a run are its result. */
export function attest(): Command {
  return strictCommand({ name: 'attest', summary: 'sign a statement that the files of a run are its result, for "holdfast verify"' })
    .option('--key <file>', 'private key in PEM; HOLDFAST_ATTEST_KEY has the key itself when left out')
    .option('--generate-key <file>', 'make a pair of keys instead: <file> to sign with, and <file>.pub to verify with')
    .argument('[run]', 'run id, run directory, or "latest"')
    .action(async (name: string | undefined, { key: file, generateKey }: AttestOptions) => {
      if (generateKey !== undefined) return makeKeys(name, generateKey)
      if (name === undefined) throw new UsageError('No run is named.', { fix: 'Give a run id, a run directory, or "latest".' })
      const key = signingKey(file, process.env)
      const directory = findRun(name)
      const { attest: attestRun, isAttested } = await import('../../reports/attest/attestation.ts')
      if (isAttested(directory))
        throw new UsageError(`${directory} has an attestation already.`, {
          fix: 'An attestation is never replaced: delete attestation.sha256 and attestation.dsse.json there to make another one.',
        })
      const report = await provenReport(directory)
      const files = await attestRun(directory, { report, key }).catch((error: unknown) => {
        throw new UsageError(`${directory} cannot be attested: ${error instanceof Error ? error.message : String(error)}`, {
          fix: 'Correct that, and attest again; nothing was written.',
        })
      })
      const { keyIdOf } = await import('../../reports/attest/signing-key.ts')
      const { createPublicKey } = await import('node:crypto')
      log(`Attested run ${report.run.id} with ${files} files by key ${keyIdOf(createPublicKey(key))}: ${report.result}.`)
      log(`Verify it with "holdfast verify ${directory} --key <public key>". A file that is added or changed from now on breaks it.`)
    })
}

function makeKeys(run: string | undefined, file: string): void {
  if (run !== undefined)
    throw new UsageError(`--generate-key makes keys and attests nothing, and ${run} is named.`, { fix: 'Do one after the other.' })
  const { privateFile, publicFile, id } = writeKeyPair(file, process.env)
  log(`Made key ${id}: ${privateFile} signs and is for you alone, ${publicFile} verifies and is for everybody.`)
}
