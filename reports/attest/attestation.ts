import type { KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { counted } from '../../contract/counted.ts'
import { parseSums } from '../../contract/sums.ts'
import { readText } from '../model/run-files.ts'
import type { StoredReport } from '../model/stored-report.ts'
import { digestList, envelopeFile, listFile, listProblems } from './digest-list.ts'
import { type Envelope, payloadOf, readEnvelope, sealed, signatureProblem } from './envelope.ts'
import type { Findings } from './findings.ts'
import { keyIdOf } from './signing-key.ts'
import { runOf, statementOf, statementProblems, statementSchema } from './statement.ts'
import { writeNew } from './write-new.ts'

/** Whether a run has an attestation, or a part of one. */
export function isAttested(directory: string): boolean {
  return [listFile, envelopeFile].some((name) => existsSync(join(directory, name)))
}

/**
 * Lists all files of a run with their digests and signs a statement about them, into `attestation.sha256` and
 * `attestation.dsse.json` of the run. Both are there afterwards or neither is; one that is there already is never
 * replaced. Returns how many files the list has.
 */
export async function attest(
  directory: string,
  { report, key }: { readonly report: StoredReport; readonly key: KeyObject },
): Promise<number> {
  const list = await digestList(directory)
  const envelope = sealed(statementOf({ report, list }), key)
  writeNew(join(directory, listFile), list)
  try {
    writeNew(join(directory, envelopeFile), envelope)
  } catch (error) {
    await rm(join(directory, listFile))
    throw error
  }
  return parseSums(list).size
}

/**
 * Verifies the attestation of a run: its signature where there is a key, its statement against the list of digests and the report, and the
 * list against the files. The report is undefined where it cannot be read; that is for others to say.
 */
export async function verifyAttestation(
  directory: string,
  { report, key }: { readonly report: StoredReport | undefined; readonly key: KeyObject | undefined },
): Promise<Findings> {
  const texts = { list: await readText(join(directory, listFile)), envelope: await readText(join(directory, envelopeFile)) }
  if (texts.list === undefined && texts.envelope === undefined) {
    const sentence = `The run has no attestation: there is no ${envelopeFile}.`
    return { problems: key === undefined ? [] : [sentence], unproven: key === undefined ? [sentence] : [], shown: [] }
  }
  const missing = texts.list === undefined ? listFile : envelopeFile
  if (texts.list === undefined || texts.envelope === undefined)
    return { problems: [`${missing} is missing: the attestation is not whole.`], unproven: [], shown: [] }
  const { isOfThisRun, problems: ofEnvelope } = envelopeProblems(texts.envelope, { report, key, list: texts.list })
  const problems = [...ofEnvelope, ...(isOfThisRun ? await listProblems(directory, texts.list) : [])]
  const files = counted(parseSums(texts.list).size, 'files')
  if (problems.length > 0) return { problems, unproven: [], shown: [] }
  const intact = `All ${files} are as they were when the run was attested, none is missing, and none was added.`
  return key === undefined
    ? {
        problems,
        unproven: ['The signature was not verified: there was no key. Whoever changed the run may have changed the attestation, too.'],
        shown: [intact],
      }
    : { problems, unproven: [], shown: [`The attestation is signed by key ${keyIdOf(key)}.`, intact] }
}

interface Expected {
  readonly report: StoredReport | undefined
  readonly key: KeyObject | undefined
  readonly list: string
}

/** What is wrong with an envelope; of one that is about another run, no digest is of a file of this one. */
function envelopeProblems(
  text: string,
  { report, key, list }: Expected,
): { readonly isOfThisRun: boolean; readonly problems: readonly string[] } {
  try {
    const envelope = readEnvelope(text)
    const signature = ofSignature(envelope, key)
    const parsed = statementSchema.safeParse(payloadOf(envelope))
    if (!parsed.success) {
      const issues = parsed.error.issues.map(({ path, message }) => `${envelopeFile}: ${path.join('.')} of the statement: ${message}.`)
      return { isOfThisRun: true, problems: [...signature, ...issues] }
    }
    const run = runOf(parsed.data)
    if (report !== undefined && run !== undefined && run !== report.run.id) {
      const other = `The attestation is of run ${run}, and this is run ${report.run.id}.`
      return { isOfThisRun: false, problems: [...signature, other] }
    }
    const ofStatement = report === undefined ? [] : statementProblems(parsed.data, { report, list })
    return { isOfThisRun: true, problems: [...signature, ...ofStatement] }
  } catch (error) {
    return { isOfThisRun: true, problems: [`${envelopeFile} ${error instanceof Error ? error.message : String(error)}`] }
  }
}

function ofSignature(envelope: Envelope, key: KeyObject | undefined): readonly string[] {
  if (envelope.signatures.length === 0) return [`${envelopeFile} has no signature.`]
  const problem = key === undefined ? undefined : signatureProblem(envelope, key)
  return problem === undefined ? [] : [`${envelopeFile} ${problem}`]
}
