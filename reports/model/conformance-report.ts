import { z } from 'zod'
import { coveredEntrySchema, outcomes } from './ledger.ts'
import { machineSchema, notRunSchema } from './run-record.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const verdictNames = ['Passed', 'Failed', 'Inconclusive', 'NotSupported'] as const
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
  /** The story in order; absent when the suite told none. */
  chapters: chaptersSchema.optional(),
  evidence: z.array(z.strictObject({ path: z.string(), sha256, bytes: z.int().nonnegative() })),
})

const image = z.strictObject({
  name: z.string(),
  reference: z.string(),
  digest: z.string(),
  from: z.enum(['present', 'pulled', 'built']),
})

const node = z.strictObject({ name: z.string(), role: z.enum(['control-plane', 'worker']), zone: z.string() })

const sensitivityRow = z.strictObject({
  mutant: z.string(),
  guarantee: z.string(),
  /** `none` when the suite gave no verdict. */
  verdict: z.enum([...verdictNames, 'none']),
  /** First line of the first reason. */
  reason: z.string(),
  /** Where the evidence shows the mutant in force; empty when nowhere. */
  effect: z.string(),
  /** True when the guarantee came out `Failed` for a reason while the mutant was in force. */
  killed: z.boolean(),
})

/** Schema of `sensitivity.json`. */
export const sensitivitySchema = z.looseObject({ rows: z.array(sensitivityRow) })

/** The one schema of `report.json`; `conformance-report.schema.json` is generated from it. */
export const conformanceReportSchema = z.strictObject({
  apiVersion: z.literal('holdfast.dev/v1alpha1'),
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
    machine: machineSchema.optional(),
    /** What was asked for: `quick`, `standard`, `full` or `velero`. Absent where guarantees were named. */
    profile: z.string().optional(),
    /** Guarantees that were left out, counted by reason. */
    notRun: notRunSchema.optional(),
    interruptedBy: z.string().optional(),
  }),
  cluster: z.strictObject({
    name: z.string(),
    profile: z.string(),
    driver: z.string(),
    versions: z.record(z.string(), z.string()),
    nodes: z.array(node),
    features: z.array(z.string()),
    images: z.array(image),
    /** References of the images that suites run applications in, by application. */
    applicationImages: z.record(z.string(), z.string()).optional(),
  }),
  guarantees: z.array(guaranteeResult),
  totals: z.strictObject({
    guarantees: z.int().nonnegative(),
    Passed: z.int().nonnegative(),
    Failed: z.int().nonnegative(),
    Inconclusive: z.int().nonnegative(),
    NotSupported: z.int().nonnegative(),
  }),
  result: z.enum(['success', 'partial', 'failure']),
  sensitivity: z.array(sensitivityRow).optional(),
  /** Every documented statement of the ledger, and what became of it in this run. */
  ledger: z.array(z.strictObject({ ...coveredEntrySchema.shape, outcome: z.enum(outcomes) })).optional(),
})

/** What a run proved, as a Kubernetes-style object: `report.json`. */
export type ConformanceReport = z.infer<typeof conformanceReportSchema>

/** One guarantee of a report with its verdict and evidence. */
export type GuaranteeResult = ConformanceReport['guarantees'][number]

/** A documented statement and what became of it in a run. */
export type LedgerResult = NonNullable<ConformanceReport['ledger']>[number]

/** One chapter of a guarantee's story. */
export type Chapter = NonNullable<GuaranteeResult['chapters']>[number]

type Judged = Pick<GuaranteeResult, 'verdict' | 'level'>

/** Counts guarantees by verdict; the four never add into one another. */
export function totalsOf(guarantees: readonly Judged[]): ConformanceReport['totals'] {
  const count = (verdict: Judged['verdict']) => guarantees.filter((guarantee) => guarantee.verdict === verdict).length
  return {
    guarantees: guarantees.length,
    Passed: count('Passed'),
    Failed: count('Failed'),
    Inconclusive: count('Inconclusive'),
    NotSupported: count('NotSupported'),
  }
}

/** `failure` when anything Failed; `success` when at least one MUST Passed and no MUST did otherwise; else `partial`. */
export function resultOf(guarantees: readonly Judged[]): ConformanceReport['result'] {
  if (guarantees.some(({ verdict }) => verdict === 'Failed')) return 'failure'
  const musts = guarantees.filter(({ level }) => level === 'MUST')
  return musts.length > 0 && musts.every(({ verdict }) => verdict === 'Passed') ? 'success' : 'partial'
}

/** The exit code that says the same as a result: 0 success, 1 failure, 2 partial. */
export function exitCodeOf(result: ConformanceReport['result']): 0 | 1 | 2 {
  return { success: 0, failure: 1, partial: 2 }[result] as 0 | 1 | 2
}

/** The checked-in JSON Schema as text. */
export function jsonSchemaText(): string {
  const schema = z.toJSONSchema(conformanceReportSchema, { target: 'draft-2020-12', io: 'output' })
  return `${JSON.stringify({ title: 'ConformanceReport', ...schema }, null, 2)}\n`
}
