import { z } from 'zod'
import { knownFailuresSectionSchema } from '../known-failures/section.ts'
import { auditSectionSchema } from './audit-section.ts'
import type { Outcome } from './entry-outcome.ts'
import { isSettled } from './ledger.ts'
import { ledgerResultSchema } from './ledger-results.ts'
import { machineSchema, notRunSchema, originFields, shardsSchema, skippedSchema } from './run-record.ts'
import { lastSeenSchema } from './seen-to-fail.ts'
import { sensitivityRow } from './sensitivity.ts'
import { subjectSchema } from './subject.ts'
import { upgradeSectionSchema } from './upgrade-section.ts'
import { verdictNames } from './verdict-names.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const verdictName = z.enum(verdictNames)

const reason = z.strictObject({
  summary: z.string().min(1),
  expected: z.string().optional(),
  actual: z.string().optional(),
  entries: z.array(z.int().nonnegative()).readonly().optional(),
})

const chapter = z.strictObject({
  heading: z.string(),
  /** The object it speaks of. */
  subject: z.strictObject({ kind: z.string(), name: z.string(), namespace: z.string().optional() }),
  text: z.string(),
  /** By a name that carries the unit, for example `bytes` or `seconds`. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  at: z.iso.datetime(),
  /** Since the first entry of the history, as the timeline counts. */
  secondsSinceStart: z.number().nonnegative(),
  /** Since the chapter before; since the start for the first one. */
  secondsSincePrevious: z.number().nonnegative(),
  /** Position in the history. */
  entry: z.int().nonnegative(),
})

/** Schema of a story. */
export const chaptersSchema = z.array(chapter)

const guaranteeResult = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/),
  statement: z.string().min(1),
  level: z.enum(['MUST', 'SHOULD', 'MAY']),
  source: z.url(),
  verdict: verdictName,
  reasons: z.array(reason),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** Requests that the suite sent to the API server until the verdict; absent where no verdict was left. */
  requests: z.int().nonnegative().optional(),
  /** How many of them the API server did not take at first, so that they were sent again; absent when it took all. */
  throttled: z.int().nonnegative().optional(),
  /** Chapters in order; absent when the suite added none. */
  chapters: chaptersSchema.optional(),
  /** What went wrong once it was judged, such as what its clean-up left behind; absent when nothing did. */
  findings: z.array(z.string()).optional(),
  /** How its history compares with the audit log of the API server; absent where there was none to compare with. */
  auditLog: auditSectionSchema.optional(),
  /** How it was last seen to fail under a mutant; null when it never was; absent in reports of earlier versions. */
  lastSeenToFail: lastSeenSchema.optional(),
  evidence: z.array(z.strictObject({ path: z.string(), sha256, bytes: z.int().nonnegative() })),
})

const image = z.strictObject({
  name: z.string(),
  reference: z.string(),
  /** Id in the engine of the machine that made the cluster; reports of it differ from machine to machine. */
  imageId: z.string().optional(),
  /** Digest in the registry; absent for what no registry has. Reports of before November 28, 2026, have the id of the image here. */
  digest: z.string().optional(),
  from: z.enum(['present', 'pulled', 'built', 'named', 'archive']),
})

const node = z.strictObject({ name: z.string(), role: z.enum(['control-plane', 'worker']), zone: z.string() })

const platform = z.strictObject({
  /** Seconds that all probes took together; absent where nothing was probed. */
  probeSeconds: z.number().nonnegative().optional(),
  sizes: z.strictObject({ smallest: z.string(), step: z.string(), from: z.string() }).optional(),
  /** By what the driver did. */
  times: z
    .record(z.string(), z.strictObject({ seconds: z.number().nonnegative(), kind: z.enum(['measured', 'allowed']), from: z.string() }))
    .optional(),
  /** Why the cluster counts as having a feature or as lacking it; absent where its profile says so. */
  evidence: z
    .array(
      z.strictObject({
        feature: z.string(),
        isThere: z.boolean(),
        by: z.enum(['api', 'probe', 'definition', '--declare', '--undeclare']),
        seen: z.string(),
        seconds: z.number().nonnegative().optional(),
      }),
    )
    .optional(),
})

const statementTotals = z.strictObject({
  all: z.int().nonnegative(),
  /** Shown to hold as written, or shown to be documented wrongly. */
  settled: z.int().nonnegative(),
})

/** The one schema of `report.json`; `conformance-report.schema.json` is generated from it. */
export const conformanceReportSchema = z.strictObject({
  apiVersion: z.literal('holdfast.dev/v1alpha2'),
  kind: z.literal('ConformanceReport'),
  metadata: z.strictObject({ name: z.string(), creationTimestamp: z.iso.datetime() }),
  run: z.strictObject({
    id: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    durationSeconds: z.number().nonnegative(),
    command: z.string(),
    holdfastVersion: z.string(),
    commit: z.string(),
    ...originFields,
    machine: machineSchema.optional(),
    /** What was asked for: `quick`, `standard`, `full` or `velero`. Absent where guarantees were named. */
    profile: z.string().optional(),
    /** Guarantees that were left out, counted by reason. */
    notRun: notRunSchema.optional(),
    interruptedBy: z.string().optional(),
    /** Storage that the suites left behind, a sentence for each leak; absent where it was not looked for. */
    leaks: z.array(z.string()).optional(),
    /** Pods that shared the guarantees; absent where one process ran all. */
    shards: shardsSchema.optional(),
    /** What went wrong beside the verdicts, apart from the findings of guarantees; absent when nothing did. */
    findings: z.array(z.string()).optional(),
  }),
  cluster: z.strictObject({
    name: z.string(),
    profile: z.string(),
    driver: z.string(),
    /** The StorageClass that was judged; absent in reports of before November 30, 2026. */
    storageClass: z.string().optional(),
    /** The driver as it was installed, where the user brought it. */
    subject: subjectSchema.optional(),
    versions: z.record(z.string(), z.string()),
    /** What the settings changed of Kubernetes and of the components; absent when nothing. */
    configured: z.record(z.string(), z.unknown()).optional(),
    nodes: z.array(node),
    features: z.array(z.string()),
    /** Present where its API server keeps an audit log, with which histories are compared. */
    auditLog: z.literal(true).optional(),
    images: z.array(image),
    /** References of the images that suites run applications in, by application. */
    applicationImages: z.record(z.string(), z.string()).optional(),
    /** What was found out about a cluster that Holdfast did not create. */
    platform: platform.optional(),
  }),
  /** The upgrade of the cluster in the middle of the run; absent where there was none. */
  upgrade: upgradeSectionSchema.optional(),
  /** Checks that were selected, each with its verdict. */
  guarantees: z.array(guaranteeResult),
  /** Checks of the catalogue that were not selected, each with the reason. */
  skipped: z.array(skippedSchema),
  totals: z.strictObject({
    /** Checks that the suites of this version hold: those that were selected and those that were not. */
    catalogue: z.int().nonnegative(),
    /** Checks that were selected. */
    guarantees: z.int().nonnegative(),
    /** Checks that were selected and began; one that the cluster does not support never begins. */
    ran: z.int().nonnegative(),
    skipped: z.int().nonnegative(),
    Passed: z.int().nonnegative(),
    Failed: z.int().nonnegative(),
    Inconclusive: z.int().nonnegative(),
    NotSupported: z.int().nonnegative(),
    /** Statements of the ledger by level, and how many of them the run settled; absent without a ledger. */
    statements: z.strictObject({ MUST: statementTotals, SHOULD: statementTotals, MAY: statementTotals }).optional(),
  }),
  result: z.enum(['success', 'partial', 'failure']),
  /** Failures that were known beforehand, and what the gate makes of the run by them; absent where none were given. */
  knownFailures: knownFailuresSectionSchema.optional(),
  sensitivity: z.array(sensitivityRow).optional(),
  /** Every documented statement of the ledger, what became of it in this run, and why not more. */
  ledger: z.array(ledgerResultSchema).optional(),
})

/** What a run proved, as a Kubernetes-style object: `report.json`. */
export type ConformanceReport = z.infer<typeof conformanceReportSchema>

/** One guarantee of a report with its verdict and evidence. */
export type GuaranteeResult = ConformanceReport['guarantees'][number]

/** One chapter of a guarantee's story. */
export type Chapter = NonNullable<GuaranteeResult['chapters']>[number]

/** A check of the catalogue that was not selected. */
export type SkippedCheck = ConformanceReport['skipped'][number]

type Judged = Pick<GuaranteeResult, 'verdict' | 'level' | 'startedAt'>

/** Input of the totals. */
export interface Counted {
  readonly guarantees: readonly Judged[]
  readonly skipped: readonly unknown[]
  readonly ledger?: readonly { readonly level: GuaranteeResult['level']; readonly outcome: Outcome }[] | undefined
}

/** Counts the checks of the catalogue, those that ran and what they showed, and the statements that are settled by it. */
export function totalsOf({ guarantees, skipped, ledger }: Counted): ConformanceReport['totals'] {
  const count = (verdict: Judged['verdict']) => guarantees.filter((guarantee) => guarantee.verdict === verdict).length
  const statements = (level: GuaranteeResult['level']) => {
    const some = (ledger ?? []).filter((entry) => entry.level === level)
    return { all: some.length, settled: some.filter(({ outcome }) => isSettled(outcome)).length }
  }
  return {
    catalogue: guarantees.length + skipped.length,
    guarantees: guarantees.length,
    ran: guarantees.filter(hasRun).length,
    skipped: skipped.length,
    Passed: count('Passed'),
    Failed: count('Failed'),
    Inconclusive: count('Inconclusive'),
    NotSupported: count('NotSupported'),
    ...(ledger === undefined ? {} : { statements: { MUST: statements('MUST'), SHOULD: statements('SHOULD'), MAY: statements('MAY') } }),
  }
}

/** Whether a check that was selected began. */
export function hasRun({ verdict, startedAt }: Pick<Judged, 'verdict' | 'startedAt'>): boolean {
  return verdict !== 'NotSupported' && startedAt !== undefined
}

/**
 * `failure` when anything selected Failed. `success` when something selected Passed, every MUST that was selected did, nothing was
 * Inconclusive, and no storage was left behind. Else `partial`. What was not selected changes nothing here.
 */
export function resultOf(
  guarantees: readonly Pick<Judged, 'verdict' | 'level'>[],
  { leaks = [] }: Pick<ConformanceReport['run'], 'leaks'> = {},
): ConformanceReport['result'] {
  const verdicts = new Set(guarantees.map(({ verdict }) => verdict))
  if (verdicts.has('Failed')) return 'failure'
  const musts = guarantees.filter(({ level }) => level === 'MUST')
  const isSuccess = verdicts.has('Passed') && !verdicts.has('Inconclusive') && musts.every(({ verdict }) => verdict === 'Passed')
  return isSuccess && leaks.length === 0 ? 'success' : 'partial'
}

/** The exit code that says the same as a result: 0 success, 1 failure, 2 partial. */
export function exitCodeOf(result: ConformanceReport['result']): 0 | 1 | 2 {
  return { success: 0, failure: 1, partial: 2 }[result] as 0 | 1 | 2
}
