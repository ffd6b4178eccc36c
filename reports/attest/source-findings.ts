import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { counted } from '../../contract/counted.ts'
import { parseSums } from '../../contract/sums.ts'
import { parseFile } from '../model/guarantee-files.ts'
import { isOwnGuarantee } from '../model/own-suites.ts'
import { readJson, readText } from '../model/run-files.ts'
import { sourcesFile } from '../model/run-sources.ts'
import type { StoredReport } from '../model/stored-report.ts'
import { type Findings, joined } from './findings.ts'

/** What a commit of Holdfast holds of what decides a run. */
export interface CommitSources {
  /** SHA-256 in hex of each source, by path. */
  readonly digests: ReadonlyMap<string, string>
  /** Its guarantees, as the suites write them. */
  readonly guarantees: readonly { readonly id: string }[]
}

/** Looks a commit up by its 40 digits. Returns a sentence where it cannot. */
export type LookUpCommit = (commit: string) => Promise<CommitSources | string>

const writtenGuarantees = z.array(z.looseObject({ id: z.string() }))

/**
 * Compares what a run says that it judged by with the commit that it names: its sources by digest, where it recorded them, the guarantees
 * that it selected, and that each guarantee of the commit is in the report, selected or skipped.
 */
export async function sourceFindings(directory: string, report: StoredReport, lookUp: LookUpCommit): Promise<Findings> {
  const [, commit, dirty] = /^([0-9a-f]{40})(-dirty)?$/.exec(report.run.commit) ?? []
  if (commit === undefined)
    return joined([{ unproven: [`The run names no commit of its suites: it says ${JSON.stringify(report.run.commit)}.`] }])
  const known = await lookUp(commit)
  if (typeof known === 'string') return joined([{ unproven: [`The suites were not compared with commit ${commit}: ${known}`] }])
  const list = await readText(join(directory, sourcesFile))
  const changed = list === undefined ? [] : changedSources(parseSums(list), known.digests)
  if (dirty !== undefined && (list === undefined || changed.length > 0))
    return joined([{ unproven: [`The run was made with sources that are not those of commit ${commit}: ${few(changed, report)}.`] }])
  const problems = [
    ...changed.map((path) => `${path} was not as in commit ${commit} when the run was made, though the run says that nothing was changed.`),
    ...(await guaranteeProblems(directory, { commit, known, own: report.run.ownSuites })),
    ...(isAlone(report) ? [] : leftOut(report, { commit, known })),
  ]
  if (problems.length > 0) return joined([{ problems }])
  const guarantees = isAlone(report)
    ? `None of the guarantees of commit ${commit} is part of this run: its suites are not of Holdfast.`
    : `The guarantees are those of commit ${commit}, and none is left out.`
  return joined([
    {
      shown: [
        guarantees,
        ...(list === undefined ? [] : [`The suites and the harness are, too: ${counted(parseSums(list).size, 'files')}.`]),
      ],
    },
  ])
}

function changedSources(of: ReadonlyMap<string, string>, known: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...of.keys(), ...known.keys()])].filter((path) => of.get(path) !== known.get(path)).toSorted()
}

/** The first few of the files, or of those that the run noted as changed. */
function few(sources: readonly string[], { run: { changedFiles = [] } }: StoredReport): string {
  const files = sources.length > 0 ? sources : changedFiles
  if (files.length === 0) return 'it does not say which'
  const more = files.length > 5 ? `, and ${files.length - 5} more` : ''
  return `${files.slice(0, 5).join(', ')}${more}`
}

interface Known {
  readonly commit: string
  readonly known: CommitSources
}

/** Whether a run is of suites that are not of Holdfast, and of no others. */
function isAlone(report: StoredReport): boolean {
  const told = [...report.guarantees, ...('skipped' in report ? report.skipped : [])]
  return report.run.ownSuites !== undefined && told.every(({ id }) => isOwnGuarantee(id, report.run.ownSuites))
}

async function guaranteeProblems(
  directory: string,
  { commit, known, own }: Known & { readonly own: StoredReport['run']['ownSuites'] },
): Promise<readonly string[]> {
  const selected = parseFile(writtenGuarantees, await readJson(join(directory, 'guarantees.json')), 'guarantees.json') ?? []
  const [taken] = known.guarantees.filter(({ id }) => isOwnGuarantee(id, own))
  if (taken !== undefined) return [`report.json says that ${taken.id} is not of Holdfast, and commit ${commit} has it.`]
  return selected.flatMap((one) => {
    if (isOwnGuarantee(one.id, own)) return []
    const written = known.guarantees.find(({ id }) => id === one.id)
    if (written === undefined) return [`guarantees.json has ${one.id}, which commit ${commit} has not.`]
    if (isDeepStrictEqual(one, written)) return []
    const [said, meant] = [one as Readonly<Record<string, unknown>>, written as Readonly<Record<string, unknown>>]
    const fields = [...new Set([...Object.keys(said), ...Object.keys(meant)])].filter((name) => !isDeepStrictEqual(said[name], meant[name]))
    return fields.map(
      (name) =>
        `guarantees.json: ${name} of ${one.id} is ${JSON.stringify(said[name])}, and in commit ${commit} ${JSON.stringify(meant[name])}.`,
    )
  })
}

/** Reports of earlier versions did not say what was skipped. */
function leftOut(report: StoredReport, { commit, known }: Known): readonly string[] {
  if (report.apiVersion === 'holdfast.dev/v1alpha1') return []
  const told = new Set([...report.guarantees, ...report.skipped].map(({ id }) => id))
  return known.guarantees
    .filter(({ id }) => !told.has(id))
    .map(({ id }) => `report.json leaves out ${id}, which commit ${commit} has: it is neither selected nor skipped.`)
}
