import { hash } from 'node:crypto'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { counted } from '../../contract/counted.ts'
import { parseSums } from '../../contract/sums.ts'
import { parseFile } from '../model/guarantee-files.ts'
import { isOwnGuarantee, linesOfDirectory, ownSuitesFile, ownSuitesFolder } from '../model/own-suites.ts'
import { digestOf, filesBelow, readJson, readText } from '../model/run-files.ts'
import type { StoredReport } from '../model/stored-report.ts'
import { type Findings, joined } from './findings.ts'

/** Reads the guarantees that a suite of one's own states from its text, without running it. Throws a sentence for a text that is none. */
export type ReadSuite = (file: string, text: string) => readonly { readonly id: string }[]

const statedGuarantees = z.array(z.looseObject({ id: z.string() }))

/**
 * Compares what a run says of suites that are not of Holdfast with the copies of them that it holds: their digests, the guarantees that it
 * selected, and that each guarantee of the copies is in the report. Nothing is found in a run without such suites.
 */
export async function ownSuiteFindings(directory: string, report: StoredReport, read: ReadSuite): Promise<Findings> {
  const { ownSuites } = report.run
  if (ownSuites === undefined) return joined([])
  const sums = (await readText(join(directory, ownSuitesFile))) ?? ''
  const problems = [...(await fileProblems(directory, sums))]
  for (const { name, sha256, files } of ownSuites) {
    const lines = linesOfDirectory(sums, name)
    const count = lines.split('\n').length - 1
    if (hash('sha256', lines) !== sha256 || count !== files)
      problems.push(`${ownSuitesFile} does not list the files of ${name} that report.json tells of.`)
  }
  const stated = await guaranteesIn(directory, read)
  problems.push(...(await guaranteeProblems(directory, report, stated)))
  if (problems.length > 0) return joined([{ problems }])
  const told = ownSuites.map(({ name, files }) => `${name} (${counted(files, 'files')})`).join(' and ')
  return joined([{ shown: [`The guarantees that are not of Holdfast are those of ${told}, which the run holds, and none is left out.`] }])
}

async function fileProblems(directory: string, sums: string): Promise<readonly string[]> {
  const listed = parseSums(sums)
  const found = new Set((await filesBelow(join(directory, ownSuitesFolder))).map((file) => `${ownSuitesFolder}/${file}`))
  const changed: string[] = []
  for (const path of found) {
    const known = listed.get(path)
    if (known === undefined) changed.push(`${path} is not in ${ownSuitesFile}.`)
    else if ((await digestOf(join(directory, path))).sha256 !== known) changed.push(`${path} is not as ${ownSuitesFile} says.`)
  }
  return [
    ...changed,
    ...[...listed.keys()].filter((path) => !found.has(path)).map((path) => `${path} is in ${ownSuitesFile}, and missing.`),
  ]
}

async function guaranteesIn(directory: string, read: ReadSuite): Promise<readonly { readonly id: string }[]> {
  const suites = (await filesBelow(join(directory, ownSuitesFolder))).filter((file) => /\.suite\.(?:ts|js)$/.test(file))
  const stated: { readonly id: string }[] = []
  for (const file of suites) stated.push(...read(file, (await readText(join(directory, ownSuitesFolder, file))) ?? ''))
  return stated
}

async function guaranteeProblems(
  directory: string,
  report: StoredReport,
  stated: readonly { readonly id: string }[],
): Promise<readonly string[]> {
  const { ownSuites } = report.run
  const selected = parseFile(statedGuarantees, await readJson(join(directory, 'guarantees.json')), 'guarantees.json') ?? []
  const skipped = 'skipped' in report ? report.skipped : []
  const told = new Set([...report.guarantees, ...skipped].map(({ id }) => id))
  return [
    ...selected
      .filter(({ id }) => isOwnGuarantee(id, ownSuites))
      .filter((one) => !stated.some((written) => isDeepStrictEqual(written, one)))
      .map(({ id }) => `guarantees.json has ${id} otherwise than the suites that the run holds.`),
    ...stated.filter(({ id }) => !told.has(id)).map(({ id }) => `report.json leaves out ${id}, which the suites that the run holds have.`),
    ...[...told]
      .filter((id) => isOwnGuarantee(id, ownSuites) && !stated.some((written) => written.id === id))
      .map((id) => `report.json has ${id}, which the suites that the run holds have not.`),
  ]
}
