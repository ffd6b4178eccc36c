import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Attachment, StepResult } from 'allure-js-commons'
import type { HistoryEntry } from '../../harness/history-entry.ts'
import type { JudgementRecord } from '../../harness/verdict-record.ts'
import type { ConformanceReport, GuaranteeResult, LedgerResult } from '../model/conformance-report.ts'
import { coveragePage } from './coverage-html.ts'
import { guaranteeHtml, guaranteeTimeline } from './guarantee-html.ts'
import { overviewHtml } from './overview-html.ts'
import { verdictsInOrder } from './summary.ts'
import { readJsonLines } from '../model/run-files.ts'

const largestAttachment = 1_000_000
const statuses = { Passed: 'passed', Failed: 'failed', Inconclusive: 'broken', NotSupported: 'skipped' } as const
/** Verdicts that Allure has other words for. */
const unlikeAllure = new Set<string>(['Inconclusive', 'NotSupported'])
const outcomes = { upheld: 'passed', violated: 'failed', inconclusive: 'broken' } as const
const types: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.jsonl': 'text/plain',
  '.yaml': 'text/yaml',
  '.log': 'text/plain',
  '.svg': 'image/svg+xml',
  '.html': 'text/html',
}

/** Where results go and where their evidence is. */
interface Place {
  readonly runDirectory: string
  readonly resultsDirectory: string
}

/**
 * Writes a report as Allure results into `allure-results/`, anew: one test a guarantee with its sentence, verdict, timeline,
 * judgements and evidence files; the environment block; the overview, the coverage of the ledger and `report.json` as attachments of the whole. Returns the directory.
 */
export async function writeAllureResults(report: ConformanceReport, runDirectory: string): Promise<string> {
  const resultsDirectory = join(runDirectory, 'allure-results')
  await rm(resultsDirectory, { recursive: true, force: true })
  await mkdir(resultsDirectory, { recursive: true })
  const place = { runDirectory, resultsDirectory }
  for (const guarantee of report.guarantees) await writeResult(guarantee, report, place)
  await writeFile(join(resultsDirectory, 'environment.properties'), environmentOf(report))
  const overview = await attach({ name: 'Overview', path: 'overview.html', content: overviewHtml(report) }, place)
  const coverage = report.ledger === undefined ? [] : [await attachCoverage(report.ledger, report.run.id, place)]
  const json = await attach(
    { name: 'ConformanceReport (report.json)', path: 'report.json', content: JSON.stringify(report, null, 2) },
    place,
  )
  await writeFile(join(resultsDirectory, 'run-globals.json'), JSON.stringify({ attachments: [overview, ...coverage, json], errors: [] }))
  return resultsDirectory
}

async function attachCoverage(ledger: readonly LedgerResult[], run: string, place: Place): Promise<Attachment> {
  return attach({ name: 'Coverage', path: 'coverage.html', content: coveragePage(ledger, `Documented statements in run ${run}`) }, place)
}

async function writeResult(guarantee: GuaranteeResult, report: ConformanceReport, place: Place): Promise<void> {
  const { id, verdict, reasons, level, source } = guarantee
  const [concept = '', behaviour = ''] = id.split('/')
  const folder = join(place.runDirectory, 'evidence', id)
  const history = (await readJsonLines(join(folder, 'history.jsonl'))) as HistoryEntry[]
  const judgements = (await readJsonLines(join(folder, 'judgements.jsonl'))) as JudgementRecord[]
  const timeline = history.length === 0 ? undefined : guaranteeTimeline(guarantee, history, verdict === 'Failed')
  const start = Date.parse(guarantee.startedAt ?? report.run.startedAt)
  const stop = Date.parse(guarantee.endedAt ?? guarantee.startedAt ?? report.run.startedAt)
  const drawn = timeline === undefined ? [] : [await attach({ name: 'Timeline', path: `${id}/timeline.svg`, content: timeline }, place)]
  const uuid = uuidOf(id)
  const result = {
    uuid,
    historyId: uuid,
    testCaseId: uuid,
    name: `${unlikeAllure.has(verdict) ? `${verdict} · ` : ''}${words(concept)} · ${phrase(behaviour)}: ${guarantee.statement}`,
    fullName: id,
    titlePath: [],
    stage: 'finished',
    status: statuses[verdict],
    statusDetails:
      verdict === 'Passed' ? {} : { message: reasons.map(({ summary }) => summary).join('\n\n') || verdict, ...differenceOf(guarantee) },
    descriptionHtml: guaranteeHtml(guarantee, { timeline, ledger: report.ledger }),
    start,
    stop,
    labels: [
      { name: 'feature', value: words(concept) },
      { name: 'story', value: words(behaviour) },
      { name: 'tag', value: verdict },
      { name: 'tag', value: level },
      { name: 'severity', value: level === 'MUST' ? 'critical' : level === 'SHOULD' ? 'normal' : 'minor' },
    ],
    links: [{ name: 'Where the documentation says so', url: source, type: 'link' }],
    parameters: [],
    attachments: drawn,
    steps: [
      ...judgements.map((judgement) => judgementStep(judgement, spanOf(judgement, history, stop))),
      ...(await evidenceSteps(guarantee, place, stop)),
    ],
  }
  await writeFile(join(place.resultsDirectory, `${uuid}-result.json`), JSON.stringify(result))
}

function differenceOf({ reasons }: GuaranteeResult): { expected?: string; actual?: string } {
  const { expected, actual } = reasons[0] ?? {}
  return expected === undefined || actual === undefined ? {} : { expected, actual }
}

interface Span {
  readonly start: number
  readonly stop: number
}

function spanOf({ untilSeq, startedAt }: JudgementRecord, history: readonly HistoryEntry[], otherwise: number): Span {
  const last = history[untilSeq - 1]
  const stop = last === undefined ? otherwise : Date.parse(last.at)
  return { start: startedAt === undefined ? stop : Math.min(stop, Date.parse(startedAt)), stop }
}

function judgementStep({ verb, description, outcome, reason, within }: JudgementRecord, span: Span): StepResult {
  const limit = within === undefined ? '' : ` within ${within} s`
  return step({
    name: `${verb} ${description}${limit}: ${outcome}`,
    status: outcomes[outcome],
    ...span,
    ...(reason && { message: reason.summary }),
  })
}

async function evidenceSteps(guarantee: GuaranteeResult, place: Place, at: number): Promise<StepResult[]> {
  const prefix = `evidence/${guarantee.id}/`
  const groups = Map.groupBy(guarantee.evidence, ({ path }) => {
    const rest = path.slice(prefix.length)
    return rest.includes('/') ? `Evidence: ${rest.split('/')[0]}` : 'Evidence: history, judgements, verdict'
  })
  const steps: StepResult[] = []
  for (const [name, files] of groups) {
    const attachments = []
    for (const { path } of files) {
      const content = await readFile(join(place.runDirectory, path))
      attachments.push(await attach({ name: path.slice(prefix.length), path, content }, place))
    }
    steps.push({ ...step({ name: `${name} (${files.length})`, status: 'passed', start: at, stop: at }), attachments })
  }
  return steps
}

interface NewStep extends Partial<Span> {
  readonly name: string
  readonly status: 'passed' | 'failed' | 'broken'
  readonly message?: string
}

function step({ name, status, message, start, stop }: NewStep): StepResult {
  const details = message === undefined ? {} : { message }
  const plain = { name, status, stage: 'finished', statusDetails: details, steps: [], attachments: [], parameters: [], start, stop }
  return plain as unknown as StepResult
}

interface NewAttachment {
  readonly name: string
  readonly path: string
  readonly content: string | Buffer
}

async function attach({ name, path, content }: NewAttachment, { resultsDirectory }: Place): Promise<Attachment> {
  const extension = extname(path)
  const source = `${uuidOf(path)}-attachment${extension === '' ? '.txt' : extension}`
  const bytes = Buffer.from(content)
  const note = `\n… cut after ${largestAttachment} of ${bytes.length} bytes; the whole file is ${path}\n`
  await writeFile(
    join(resultsDirectory, source),
    bytes.length > largestAttachment ? Buffer.concat([bytes.subarray(0, largestAttachment), Buffer.from(note)]) : bytes,
  )
  return { name, source, type: types[extension] ?? 'text/plain' }
}

function environmentOf({ result, totals, run, cluster, sensitivity }: ConformanceReport): string {
  const { machine } = run
  const counts = verdictsInOrder.toReversed().flatMap((verdict) => (totals[verdict] === 0 ? [] : [`${totals[verdict]} ${verdict}`]))
  const { kubernetes = 'unknown', velero, versitygw, ...versions } = cluster.versions
  const rows: (readonly [string, string])[] = [
    ['Result', result],
    ['Verdicts', counts.join(', ')],
    ...(sensitivity === undefined
      ? []
      : [['Controls', `${sensitivity.filter(({ killed }) => killed).length} of ${sensitivity.length} made Failed`] as const]),
    ...(run.profile === undefined ? [] : [['Profile', run.profile] as const]),
    ['Kubernetes', kubernetes],
    ...(velero === undefined ? [] : [['Velero', velero] as const]),
    ...(versitygw === undefined ? [] : [['Object store', `versitygw ${versitygw}`] as const]),
    ['Cluster', `${cluster.name}, ${cluster.nodes.length} nodes, profile ${cluster.profile}`],
    ['CSI driver', cluster.driver],
    ['Run', `${run.id}, ${run.durationSeconds.toFixed(0)} s`],
    ['Holdfast', `${run.holdfastVersion}, commit ${run.commit.slice(0, 12)}`],
    ...Object.entries(versions),
    ...Object.entries(cluster.applicationImages ?? {}).map(([application, reference]) => [`Image of ${application}`, reference] as const),
    ['Command', run.command],
    ['Features', cluster.features.join(', ')],
    ...(machine === undefined
      ? []
      : [['Machine', `${machine.os}, ${machine.kernel}, ${machine.cpus} CPUs, ${Math.round(machine.memoryBytes / 2 ** 30)} GiB`] as const]),
  ]
  return rows.map(([key, value]) => `${key.replace(/[ :=]/g, String.raw`\$&`)}=${value.replaceAll('\n', ' ')}\n`).join('')
}

const spellings: Readonly<Record<string, string>> = {
  statefulset: 'StatefulSet',
  pod: 'Pod',
  pods: 'Pods',
  pvc: 'PVC',
  pvcs: 'PVCs',
  pv: 'PV',
  csi: 'CSI',
  postgresql: 'PostgreSQL',
  mongodb: 'MongoDB',
  redis: 'Redis',
  velero: 'Velero',
}

function words(slug: string): string {
  const text = phrase(slug)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function phrase(slug: string): string {
  return slug
    .split('-')
    .map((word) => spellings[word] ?? word)
    .join(' ')
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
