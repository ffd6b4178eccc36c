import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseFile } from '../model/guarantee-files.ts'
import { readJson } from '../model/run-files.ts'
import { type StoredReport, storedReportSchema } from '../model/stored-report.ts'
import { Refused } from '../refused.ts'

/** What was named cannot be compared: a run has not ended, or is on both sides, or runs have nothing in common. */
export class NotComparable extends Refused {}

/** A run of a side: its report, and the directory in which its evidence is as far as it was kept. */
export interface ReportedRun {
  readonly directory: string
  readonly report: StoredReport
}

/** Runs of one platform. */
export interface RunsOfSide {
  readonly runs: readonly [ReportedRun, ...ReportedRun[]]
  /** What lay beside them and is not one of them, in sentences. */
  readonly leftOut: readonly string[]
}

/**
 * Reads one side of a comparison: the directory of a run or of a published report, the path of its `report.json`, or a directory with
 * several of them, each of which counts once. Throws `NotComparable` where a run has not ended, or where runs of a directory are of
 * different platforms, and one sentence for a report that is not of a known form.
 */
export async function runsOfSide(path: string): Promise<RunsOfSide> {
  if (statSync(path).isFile()) return { runs: [await endedRun(path, dirname(path))], leftOut: [] }
  if (isRun(path)) return { runs: [await endedRun(join(path, 'report.json'), path)], leftOut: [] }
  const leftOut: string[] = []
  const found: ReportedRun[] = []
  for (const directory of runsBelow(path)) {
    const run = await reportedRun(join(directory, 'report.json'), directory)
    const twin = found.find(({ report }) => report.run.id === run?.report.run.id)
    const why = run === undefined ? noReport : (whyNot(run.report) ?? (twin && `the same run as ${twin.directory}`))
    if (run === undefined || why !== undefined) leftOut.push(`${directory}: ${why ?? noReport}.`)
    else found.push(run)
  }
  const [first, ...others] = found
  if (first === undefined)
    throw new NotComparable(leftOut[0] ?? `${join(path, 'report.json')} does not exist: ${noReport}.`, {
      fix: 'Name a run that has ended, or a directory of such runs.',
    })
  requireOnePlatform(path, [first, ...others])
  return { runs: [first, ...others], leftOut }
}

const noReport = 'the run has not ended, or was killed'

/** Whether a run left something in a directory, if only that it began. */
function isRun(directory: string): boolean {
  return ['report.json', 'run.json'].some((file) => existsSync(join(directory, file)))
}

function runsBelow(path: string): readonly string[] {
  const names = readdirSync(path).toSorted()
  return names.map((name) => join(path, name)).filter(isRun)
}

async function reportedRun(file: string, directory: string): Promise<ReportedRun | undefined> {
  const report = parseFile(storedReportSchema, await readJson(file), file)
  return report && { directory, report }
}

/** What was not judged before an interruption says nothing of the platform. */
function whyNot({ run: { id, interruptedBy } }: StoredReport): string | undefined {
  return interruptedBy === undefined ? undefined : `run ${id} was interrupted by ${interruptedBy}`
}

async function endedRun(file: string, directory: string): Promise<ReportedRun> {
  const run = await reportedRun(file, directory)
  const why = run === undefined ? `${file} does not exist: ${noReport}` : whyNot(run.report)
  if (run === undefined || why !== undefined)
    throw new NotComparable(`${(why ?? noReport).replace(/^r/, 'R')}.`, { fix: 'Name a run that has ended by itself.' })
  return run
}

/** What runs of one side must have in common: else their ranges would be those of different things. */
function platformOf({ cluster }: StoredReport): Readonly<Record<string, string>> {
  // The kernel is that of the machine.
  const { kernel: _, ...versions } = cluster.versions
  return {
    ...versions,
    'CSI driver': cluster.driver,
    'version of the CSI driver': cluster.subject?.version ?? 'not stored',
    configuration: JSON.stringify(cluster.configured ?? {}),
  }
}

function requireOnePlatform(path: string, [first, ...others]: RunsOfSide['runs']): void {
  const wanted = platformOf(first.report)
  for (const { report } of others) {
    const found = platformOf(report)
    const name = [...Object.keys(wanted), ...Object.keys(found)].find((key) => wanted[key] !== found[key])
    if (name === undefined) continue
    const [one, other] = [`${wanted[name] ?? 'none'} in ${first.report.run.id}`, `${found[name] ?? 'none'} in ${report.run.id}`]
    throw new NotComparable(`The runs in ${path} are not of one platform: ${name} is ${one} and ${other}.`, {
      fix: 'Put the runs of each platform into a directory of their own, or name one run.',
    })
  }
}
