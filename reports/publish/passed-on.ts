import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sumsFile } from '../../harness/engine/evidence/verify-evidence.ts'
import { verifyAttestation } from '../attest/attestation.ts'
import { contentsOf, envelopeFile, listFile } from '../attest/digest-list.ts'
import { parseFile } from '../model/guarantee-files.ts'
import { publicationFile, type PublishedRun, timelinesFile } from '../model/published-run.ts'
import { readJson } from '../model/run-files.ts'
import { storedReportSchema } from '../model/stored-report.ts'
import { PublishRefused } from './publish-refused.ts'

/** Files of a copy that its `SHA256SUMS` does not list: they are made by publishing, or written later. */
const unlisted = ['index.html', timelinesFile, sumsFile, publicationFile, 'README.md']

/**
 * Paths of the files of a published copy, all of which are passed on. Throws `PublishRefused` for a copy that holds anything that was not
 * published with the run. The list of an attestation covers every file: an attested copy is passed on whole.
 */
export async function passedOn(directory: string, { digests }: PublishedRun): Promise<readonly string[]> {
  const { files, others } = await contentsOf(directory)
  const attestation = [listFile, envelopeFile].filter((name) => existsSync(join(directory, name)))
  const isPublished = (path: string) => attestation.includes(listFile) || digests.has(path) || unlisted.includes(path)
  const [odd] = [...others, ...files.filter((path) => !isPublished(path))]
  if (odd !== undefined)
    throw new PublishRefused(`${join(directory, odd)} was not published with the run.`, { fix: 'Take it out of the copy.' })
  return [...files, ...attestation].toSorted()
}

/**
 * Throws `PublishRefused` for a run that has an attestation and is not as that says. Its signature is for those to verify who have a key.
 */
export async function refuseUnlikeAttested(directory: string): Promise<void> {
  const report = parseFile(storedReportSchema, await readJson(join(directory, 'report.json')), 'report.json')
  const { problems } = await verifyAttestation(directory, { report, key: undefined })
  if (problems[0] === undefined) return
  throw new PublishRefused(`${directory} is not as it was attested: ${problems[0]}`, {
    fix: `"holdfast verify ${directory}" shows all that differs; put back what was attested.`,
  })
}
