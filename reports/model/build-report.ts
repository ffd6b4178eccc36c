import { join } from 'node:path'
import { z } from 'zod'
import { lackingSentence, whyNotApplicable } from '../../contract/applicability.ts'
import { progressFile } from '../../contract/upgrade.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import { clusterSection } from './cluster-section.ts'
import { compareStored } from './compare-stored.ts'
import {
  chaptersSchema,
  type ConformanceReport,
  conformanceReportSchema,
  type GuaranteeResult,
  resultOf,
  totalsOf,
} from './conformance-report.ts'
import {
  type CollectedGuarantee,
  collectedGuarantees,
  evidenceOf,
  findingsOf,
  findingsOfRun,
  parseFile,
  type Results,
  type StoredVerdict,
  storedVerdict,
  vitestResults,
} from './guarantee-files.ts'
import { knownFailuresOf } from './gate.ts'
import { coveredEntrySchema } from './ledger.ts'
import { ledgerResults } from './ledger-results.ts'
import { readJson, readJsonLines } from './run-files.ts'
import { judgedAlone } from './ran-beside.ts'
import { type RunRecord, runRecordSchema } from './run-record.ts'
import { lastSeenToFail, type Seen, seenBeforeFile, seenBeforeSchema } from './seen-to-fail.ts'
import { sensitivitySchema } from './sensitivity.ts'
import { skippedChecks } from './skipped-checks.ts'
import { sourceUrl } from './source-url.ts'
import { chaptersOf } from './story.ts'
import { upgradeProgressSchema, upgradeSection } from './upgrade-section.ts'

const brokeBeforeJudging = 'The suite broke before it could judge'

/**
 * Builds the report of a run from its files alone: `run.json`, `cluster.json`, `guarantees.json`, `results.json`, `sensitivity.json`,
 * `ledger.json`, `skipped.json`, `seen-to-fail.json`, `known-failures.yaml`, `upgrade/progress.json` and `evidence/`. Throws one sentence
 * when `run.json` or `cluster.json` is missing or malformed.
 */
export async function buildReport(runDirectory: string): Promise<ConformanceReport> {
  const run = await required(runDirectory, 'run.json', runRecordSchema)
  const cluster = await required(runDirectory, 'cluster.json', clusterSchema)
  const results = await vitestResults(runDirectory)
  const sensitivity = parseFile(sensitivitySchema, await readJson(join(runDirectory, 'sensitivity.json')), 'sensitivity.json')
  const before = parseFile(seenBeforeSchema, await readJson(join(runDirectory, seenBeforeFile)), seenBeforeFile)
  const { kubernetes = 'unknown' } = cluster.versions
  const seen = { rows: sensitivity?.rows ?? [], before, kubernetes, startedAt: run.startedAt }
  const collected = await collectedGuarantees(runDirectory)
  const each: GuaranteeResult[] = []
  for (const guarantee of collected) {
    each.push(await guaranteeResult({ runDirectory, guarantee, cluster, results, seen, interruptedBy: run.interruptedBy }))
  }
  const guarantees = judgedAlone(each, new Set(collected.filter(({ disruptive }) => disruptive).map(({ id }) => id)))
  const entries = parseFile(z.array(coveredEntrySchema), await readJson(join(runDirectory, 'ledger.json')), 'ledger.json')
  const selected = new Set(guarantees.map(({ id }) => id))
  const skipped = await skippedChecks(runDirectory, { run, ledger: entries ?? [], selected })
  const ledger = entries === undefined ? undefined : await ledgerResults(runDirectory, { entries, guarantees, skipped })
  const upgrade = parseFile(upgradeProgressSchema, await readJson(join(runDirectory, progressFile)), progressFile)
  const endedAt = run.endedAt ?? lastMoment(run, guarantees)
  const report = conformanceReportSchema.parse({
    apiVersion: 'holdfast.dev/v1alpha2',
    kind: 'ConformanceReport',
    metadata: { name: run.id, creationTimestamp: endedAt },
    run: { ...runSection(run, endedAt), ...findingsOfRun(run, guarantees) },
    cluster: clusterSection(cluster),
    ...(upgrade === undefined ? {} : { upgrade: upgradeSection(upgrade) }),
    guarantees,
    skipped: [...skipped],
    totals: totalsOf({ guarantees, skipped, ledger }),
    result: resultOf(guarantees, run),
    ...(sensitivity === undefined ? {} : { sensitivity: sensitivity.rows }),
    ...(ledger === undefined ? {} : { ledger }),
  } satisfies ConformanceReport)
  const knownFailures = await knownFailuresOf(runDirectory, report)
  return knownFailures === undefined ? report : { ...report, knownFailures }
}

const clusterSchema = z.custom<ClusterRecord>(
  (value) => typeof value === 'object' && value !== null && 'schemaVersion' in value && value.schemaVersion === 1,
  'is not a cluster record of schema version 1',
)

interface Material {
  readonly runDirectory: string
  readonly guarantee: CollectedGuarantee
  readonly cluster: ClusterRecord
  readonly results: Results
  readonly seen: Seen
  readonly interruptedBy: string | undefined
}

async function guaranteeResult({ runDirectory, guarantee, cluster, results, seen, interruptedBy }: Material): Promise<GuaranteeResult> {
  const { id, statement, level } = guarantee
  const evidence = await evidenceOf(runDirectory, id)
  const stored = await storedVerdict(runDirectory, id)
  const vitest = results.results.find((result) => result.id === id)
  const compared = await compareStored(runDirectory, { id, namespace: stored?.namespace, auditLog: cluster.auditLog })
  const judged = judge({
    guarantee,
    cluster,
    stored,
    vitest,
    problems: evidence.problems,
    contradictions: compared?.contradictions ?? [],
    errorsOutside: results.errorsOutsideTests,
    interruptedBy,
  })
  const cost = costOf(stored, vitest)
  const story = await storyOf(runDirectory, id)
  const { findings = [] } = await findingsOf(runDirectory, id)
  const all = [...findings, ...(compared?.auditLog.disagreements ?? [])]
  const found = { ...(all.length > 0 && { findings: all }), ...(compared && { auditLog: compared.auditLog }) }
  const rest = { ...found, ...lastSeenToFail(id, seen), evidence: evidence.files }
  return { id, statement, level, source: sourceUrl(guarantee.source), ...judged, ...cost, ...story, ...rest }
}

interface Known {
  readonly guarantee: CollectedGuarantee
  readonly cluster: ClusterRecord
  readonly stored: StoredVerdict | undefined
  readonly vitest: Results['results'][number] | undefined
  readonly problems: readonly string[] | undefined
  /** Where the audit log of the API server contradicts what a judgement rests on. */
  readonly contradictions: readonly string[]
  readonly errorsOutside: readonly string[]
  readonly interruptedBy: string | undefined
}

function judge({
  guarantee,
  cluster,
  stored,
  vitest,
  problems,
  contradictions,
  errorsOutside,
  interruptedBy,
}: Known): Pick<GuaranteeResult, 'verdict' | 'reasons'> {
  const error = vitest?.errors[0]?.message.split('\n')[0]
  if (stored === undefined) {
    const lacks = guarantee.requires.filter((feature) => !cluster.features.some((offered) => offered === feature))
    if (lacks.length > 0 && vitest?.state !== 'failed') {
      return { verdict: 'NotSupported', reasons: [{ summary: lackingSentence(cluster, lacks) }] }
    }
    const why = whyNotApplicable(guarantee, cluster)
    if (why !== undefined && vitest?.state !== 'failed')
      return { verdict: 'NotSupported', reasons: [{ summary: `It does not apply to cluster ${cluster.name}: ${why}.` }] }
    if (vitest === undefined && interruptedBy !== undefined) {
      return inconclusive(`The run was interrupted by ${interruptedBy} before this check was judged.`)
    }
    return inconclusive(`${brokeBeforeJudging}: ${error ?? errorsOutside[0]?.split('\n')[0] ?? 'it left no verdict.'}`)
  }
  if (problems !== undefined && problems.length > 0) {
    return inconclusive(`Evidence of ${guarantee.id} does not match its SHA256SUMS: ${problems.join(' ')}`, stored)
  }
  if (stored.verdict === 'Passed' && problems === undefined) {
    return inconclusive(`Evidence of ${guarantee.id} is incomplete: SHA256SUMS is missing.`)
  }
  if (stored.verdict === 'Passed' && vitest?.state === 'failed') {
    return inconclusive(`The suite failed although its judgements passed: ${error ?? 'without a message.'}`)
  }
  const [contradiction] = contradictions
  if (contradiction !== undefined && (stored.verdict === 'Passed' || stored.verdict === 'Failed')) {
    return inconclusive(`It was judged ${stored.verdict}, but a second source contradicts what that rests on. ${contradiction}`, stored)
  }
  return { verdict: stored.verdict, reasons: reasonsOf(stored) }
}

function inconclusive(summary: string, stored?: StoredVerdict): Pick<GuaranteeResult, 'verdict' | 'reasons'> {
  return { verdict: 'Inconclusive', reasons: [{ summary }, ...(stored === undefined ? [] : reasonsOf(stored))] }
}

function reasonsOf({ reasons }: StoredVerdict): GuaranteeResult['reasons'] {
  return reasons.map(({ summary, expected, actual, entries }) => ({
    summary,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    ...(entries === undefined ? {} : { entries }),
  }))
}

/** The story that a history tells; none when it cannot be read, which is for its digest and the recheck to say. */
async function storyOf(runDirectory: string, id: string): Promise<Pick<GuaranteeResult, 'chapters'>> {
  try {
    const history = await readJsonLines(join(runDirectory, 'evidence', id, 'history.jsonl'))
    const chapters = chaptersSchema.parse(chaptersOf(history as HistoryEntry[]))
    return chapters.length === 0 ? {} : { chapters }
  } catch {
    return {}
  }
}

function costOf(
  stored: StoredVerdict | undefined,
  vitest: Known['vitest'],
): Pick<GuaranteeResult, 'startedAt' | 'endedAt' | 'requests' | 'throttled'> {
  if (stored !== undefined) {
    const { startedAt, endedAt, requests, throttled = 0 } = stored
    return { startedAt, endedAt, ...(requests !== undefined && { requests }), ...(throttled > 0 && { throttled }) }
  }
  if (vitest?.startedAt === undefined) return {}
  return { startedAt: vitest.startedAt, endedAt: new Date(Date.parse(vitest.startedAt) + vitest.durationSeconds * 1000).toISOString() }
}

function runSection(run: RunRecord, endedAt: string): ConformanceReport['run'] {
  const { id, startedAt, command, commit, holdfast, machine, profile, notRun, interruptedBy, leaks } = run
  const { assessor, repository, changedFiles, ci, ownSuites, shards } = run
  const durationSeconds = Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) / 1000
  return {
    id,
    startedAt,
    endedAt,
    durationSeconds,
    command,
    holdfastVersion: holdfast,
    commit,
    ...(assessor === undefined ? {} : { assessor }),
    ...(repository === undefined ? {} : { repository }),
    ...(changedFiles === undefined ? {} : { changedFiles }),
    ...(ci === undefined ? {} : { ci }),
    ...(ownSuites === undefined ? {} : { ownSuites }),
    ...(machine === undefined ? {} : { machine }),
    ...(profile === undefined ? {} : { profile }),
    ...(notRun === undefined ? {} : { notRun }),
    ...(interruptedBy === undefined ? {} : { interruptedBy }),
    ...(leaks === undefined ? {} : { leaks }),
    ...(shards === undefined ? {} : { shards }),
  }
}

function lastMoment(run: RunRecord, guarantees: readonly GuaranteeResult[]): string {
  const moments = guarantees.flatMap(({ endedAt }) => (endedAt === undefined ? [] : [endedAt]))
  return [run.startedAt, ...moments].toSorted().at(-1) ?? run.startedAt
}

async function required<T>(runDirectory: string, name: string, schema: z.ZodType<T>): Promise<T> {
  const path = join(runDirectory, name)
  const parsed = parseFile(schema, await readJson(path), path)
  if (parsed === undefined) throw new Error(`${path} does not exist: give the directory of a run, reports/out/<run id>.`)
  return parsed
}
