import { copyFile, link, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type Attachment, type Label, LabelName, LinkType, Stage, Status, type StepResult, type TestResult } from 'allure-js-commons'
import type { Category } from 'allure-js-commons/sdk'
import type { HistoryEntry } from '../../../harness/engine/history/history-entry.ts'
import type { JudgementRecord } from '../../../harness/engine/history/judgement-record.ts'
import { knownIn, knownInWords, type ReportedEntry } from '../../known-failures/section.ts'
import type { ConformanceReport, GuaranteeResult, SkippedCheck } from '../../model/conformance-report.ts'
import { readJsonLines } from '../../model/run-files.ts'
import { installedFrom } from '../../model/subject.ts'
import { bareResult, uuidOf } from './allure-result.ts'
import { AllureWriter } from './allure-writer.ts'
import { headline } from '../headline.ts'

const statuses = { Passed: Status.PASSED, Failed: Status.FAILED, Inconclusive: Status.BROKEN, NotSupported: Status.SKIPPED } as const
const outcomes = { upheld: Status.PASSED, violated: Status.FAILED, inconclusive: Status.BROKEN } as const
const severities = { MUST: 'critical', SHOULD: 'normal', MAY: 'minor' } as const
const types: Readonly<Record<string, string>> = { '.json': 'application/json', '.yaml': 'application/yaml' }

/**
 * Writes a report as Allure results into `allure-results/` of the run directory, anew, for those who feed an Allure of their own. One
 * result for each check of the catalogue: the verdict, judgements as steps, evidence as attachments, which are links to the same files on
 * the disk and no copies. Returns the directory.
 */
export async function writeAllureResults(report: ConformanceReport, runDirectory: string): Promise<string> {
  const resultsDir = join(runDirectory, 'allure-results')
  await rm(resultsDir, { recursive: true, force: true })
  const writer = new AllureWriter({ resultsDir })
  writer.writeEnvironmentInfo(environmentOf(report))
  writer.writeCategoriesDefinitions([
    category('Failed', { status: Status.FAILED, name: 'Failed: the documented sentence is broken' }),
    category('Inconclusive', { status: Status.BROKEN, name: 'Inconclusive: there is no proof either way' }),
    category('(?:NotSupported|not selected:.*)', { status: Status.SKIPPED, name: 'NotSupported or not selected: it did not run' }),
  ])
  const otherwise = Date.parse(report.run.startedAt)
  for (const guarantee of report.guarantees) {
    const attachments = await attached(guarantee, { runDirectory, resultsDir })
    writer.writeResult(
      await resultOf(guarantee, { runDirectory, attachments, otherwise, known: knownIn(report.knownFailures, guarantee.id) }),
    )
  }
  for (const check of report.skipped) writer.writeResult(skippedResult(check, otherwise))
  return resultsDir
}

/** Told by the first line of the message, too: an Allure may be fed with tests beside checks, and shows both by the same categories. */
function category(firstLine: string, { name, status }: { readonly name: string; readonly status: Status }): Category {
  return { name, matchedStatuses: [status], messageRegex: `^${firstLine}(?:\\n[\\s\\S]*)?$` }
}

interface Placed {
  readonly runDirectory: string
  readonly attachments: Attachment[]
  /** Moment of a check that never began, in milliseconds. */
  readonly otherwise: number
  /** The entry by which its failure is known. */
  readonly known: ReportedEntry | undefined
}

async function resultOf(guarantee: GuaranteeResult, { runDirectory, attachments, otherwise, known }: Placed): Promise<TestResult> {
  const { id, statement, verdict, reasons, level, source } = guarantee
  const folder = join(runDirectory, 'evidence', id)
  const history = await linesOf<HistoryEntry>(join(folder, 'history.jsonl'))
  const judgements = await linesOf<JudgementRecord>(join(folder, 'judgements.jsonl'))
  const start = guarantee.startedAt === undefined ? otherwise : Date.parse(guarantee.startedAt)
  const stop = guarantee.endedAt === undefined ? start : Date.parse(guarantee.endedAt)
  const { expected, actual } = reasons[0] ?? {}
  return {
    ...resultNamed({ id, statement, level, words: [verdict] }),
    status: statuses[verdict],
    statusDetails: {
      message: [verdict, ...reasons.map(({ summary }) => summary), ...(known ? [knownInWords(known)] : [])].join('\n'),
      ...(known && { known: true }),
      ...(expected === undefined ? {} : { expected }),
      ...(actual === undefined ? {} : { actual }),
    },
    links: [
      { name: 'Documentation', url: source, type: LinkType.DEFAULT },
      ...(known ? [{ name: 'Known failure', url: known.link, type: LinkType.ISSUE }] : []),
    ],
    steps: judgements.map((judgement) => stepOf(judgement, { history, stop })),
    attachments,
    start,
    stop,
  }
}

function skippedResult({ id, statement = id, level, why }: SkippedCheck, at: number): TestResult {
  return {
    ...resultNamed({ id, statement, level, words: ['not selected'] }),
    status: Status.SKIPPED,
    statusDetails: { message: `not selected: ${why}` },
    start: at,
    stop: at,
  }
}

interface Named {
  readonly id: string
  readonly statement: string
  readonly level: GuaranteeResult['level'] | undefined
  /** Tags beside the level. */
  readonly words: readonly string[]
}

function resultNamed({ id, statement, level, words }: Named): TestResult {
  const [concept = '', behaviour = ''] = id.split('/')
  const labels: Label[] = [
    { name: LabelName.FEATURE, value: concept },
    { name: LabelName.STORY, value: behaviour },
    ...(level === undefined ? [] : [{ name: LabelName.SEVERITY, value: severities[level] }]),
    ...[...(level === undefined ? [] : [level]), ...words].map((value) => ({ name: LabelName.TAG, value })),
  ]
  return bareResult({ fullName: id, name: `${id}: ${statement}`, titlePath: [concept], labels })
}

function stepOf(
  { verb, description, outcome, reason, within, untilSeq, startedAt }: JudgementRecord,
  { history, stop }: { readonly history: readonly HistoryEntry[]; readonly stop: number },
): StepResult {
  const last = history[untilSeq - 1]
  const end = last === undefined ? stop : Date.parse(last.at)
  return {
    name: `${verb} ${description}${within === undefined ? '' : ` within ${within} s`}: ${outcome}`,
    status: outcomes[outcome],
    statusDetails: reason === undefined ? {} : { message: reason.summary },
    start: startedAt === undefined ? end : Math.min(end, Date.parse(startedAt)),
    stop: end,
    ...{ stage: Stage.FINISHED, steps: [], attachments: [], parameters: [] },
  }
}

async function attached(
  { id, evidence }: GuaranteeResult,
  { runDirectory, resultsDir }: { readonly runDirectory: string; readonly resultsDir: string },
): Promise<Attachment[]> {
  const attachments: Attachment[] = []
  for (const { path } of evidence) {
    const source = `${uuidOf(path)}-attachment${extname(path) || '.txt'}`
    const [from, to] = [join(runDirectory, path), join(resultsDir, source)]
    // Not every file system has hard links.
    await link(from, to).catch(() => copyFile(from, to))
    attachments.push({ name: path.slice(`evidence/${id}/`.length), source, type: types[extname(path)] ?? 'text/plain' })
  }
  return attachments
}

/** Lines of an evidence file; none when it cannot be read, which the recheck finds. */
async function linesOf<T>(path: string): Promise<readonly T[]> {
  try {
    return (await readJsonLines(path)) as T[]
  } catch {
    return []
  }
}

function environmentOf(report: ConformanceReport): Record<string, string> {
  const { result, run, cluster } = report
  return {
    Result: result,
    Checks: headline(report),
    ...(run.profile === undefined ? {} : { Profile: run.profile }),
    ...cluster.versions,
    Cluster: `${cluster.name}, ${cluster.nodes.length} nodes, profile ${cluster.profile}`,
    'CSI driver': cluster.subject === undefined ? cluster.driver : `${cluster.driver} ${cluster.subject.version}`,
    ...(cluster.subject === undefined ? {} : { 'Installed from': installedFrom(cluster.subject) }),
    Run: run.id,
    Holdfast: `${run.holdfastVersion}, commit ${run.commit}`,
    Command: run.command,
  }
}
