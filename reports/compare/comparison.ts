import { z } from 'zod'
import { reportedEntrySchema } from '../known-failures/section.ts'
import { verdictNames } from '../model/verdict-names.ts'

/** Which way a change goes; `change.ts` says what is what. */
export const directions = ['worse', 'better', 'neither'] as const

const direction = z.enum(directions)
const level = z.enum(['MUST', 'SHOULD', 'MAY'])
const seconds = z.number().nonnegative()

const verdictOfSide = z.strictObject({
  /** `flaky` where the runs of the side do not agree. */
  verdict: z.enum([...verdictNames, 'flaky']),
  /** Runs of the side by verdict. */
  runs: z.partialRecord(z.enum(verdictNames), z.int().positive()),
  /** First line of the first reason, of the run whose verdict is the worst; absent where there is none, as of what Passed. */
  cause: z.string().optional(),
  /** Features or conditions of the cluster that are missing, where it is NotSupported. */
  missing: z.string().optional(),
})

const moment = z.strictObject({
  /** Position in the history. */
  entry: z.int().nonnegative(),
  /** Since the first entry of the history, as the timeline counts. */
  seconds,
  /** What happened there; what is random in it is left out. */
  what: z.string(),
})

const parting = z.strictObject({
  /** Runs whose histories were laid side by side. */
  runs: z.strictObject({ before: z.string(), after: z.string() }),
  /** Whether what comes next in one, or in both, never happened in the other, or happened there in another order. */
  by: z.enum(['only before', 'only after', 'both', 'order']),
  /** The last thing that both have before they part, as each has it; absent where they part at once. */
  last: z.strictObject({ before: moment, after: moment }).optional(),
  /** What each had next; absent where it had nothing more. */
  next: z.strictObject({ before: moment.optional(), after: moment.optional() }),
})

/** Entries of the file of known failures by which all of it is known on the side after; absent where it is not. */
const known = z
  .array(reportedEntrySchema.pick({ line: true, why: true, link: true, owner: true, expires: true }))
  .min(1)
  .optional()

const verdictChange = z.strictObject({
  id: z.string(),
  level,
  statement: z.string(),
  direction,
  before: verdictOfSide,
  after: verdictOfSide,
  known,
  /** The sentence or its level is not the same in both, so Holdfast itself judged otherwise. */
  restated: z.literal(true).optional(),
  /** Where the two histories part; absent where that is not known. */
  parting: parting.optional(),
  /** Why it is not known where the histories part, in a sentence. */
  noParting: z.string().optional(),
})

const onlyInOne = z.strictObject({
  id: z.string(),
  /** Of the side that has it. */
  verdict: z.enum([...verdictNames, 'flaky']),
  /** Why the other side has it not. */
  why: z.string(),
})

const statementChange = z.strictObject({
  id: z.string(),
  /** Key of the clause; absent where the whole statement is meant. */
  clause: z.string().optional(),
  level,
  /** What is stated. */
  states: z.string(),
  direction,
  before: z.string(),
  after: z.string(),
  why: z.string().optional(),
  /** Guarantees that check it. */
  guarantees: z.array(z.string()),
  known,
})

const range = z.strictObject({ median: seconds, least: seconds, most: seconds, runs: z.int().positive() })

const durationChange = z.strictObject({
  id: z.string(),
  direction,
  before: range,
  after: range,
  /** Median after over median before, with the slowness of the whole run taken out. */
  factor: z.number().positive(),
})

const knownFailures = z.strictObject({
  /** Digest of the file that was given. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** What the exit code says: it breaks where something is worse that is not known, and where an entry is no longer true. */
  gate: z.enum(['holds', 'breaks']),
  /** Each entry, what became of it on the side after, and in which run. */
  entries: z.array(z.strictObject({ ...reportedEntrySchema.shape, run: z.string() })),
})

const difference = z.strictObject({
  area: z.enum(['version', 'feature gate', 'configuration', 'driver', 'class', 'feature', 'image', 'node', 'machine', 'holdfast']),
  name: z.string(),
  /** Absent where the side has no such thing, or did not store it. */
  before: z.string().optional(),
  after: z.string().optional(),
})

const runOfSide = z.strictObject({
  id: z.string(),
  startedAt: z.iso.datetime(),
  kubernetes: z.string(),
  driver: z.string(),
  profile: z.string().optional(),
  commit: z.string(),
  result: z.enum(['success', 'partial', 'failure']),
})

const side = z.strictObject({
  runs: z.array(runOfSide).min(1),
  /** What lay beside the runs and is not part of the comparison, in sentences. */
  leftOut: z.array(z.string()),
})

/** Schema of `comparison.json`; `comparison.schema.json` is generated from it. */
export const comparisonSchema = z.strictObject({
  apiVersion: z.literal('holdfast.dev/v1alpha1'),
  kind: z.literal('Comparison'),
  before: side,
  after: side,
  /** Whether anything is worse, known or not; durations count where they gate. */
  result: z.enum(['nothing worse', 'something worse']),
  totals: z.strictObject({
    /** Guarantees that both sides selected. */
    compared: z.int().positive(),
    /** Of these, with the same verdict in all runs of both sides. */
    same: z.int().nonnegative(),
    worse: z.int().nonnegative(),
    better: z.int().nonnegative(),
    neither: z.int().nonnegative(),
    /** Of all compared: without the same verdict in all runs of a side. */
    flaky: z.int().nonnegative(),
    onlyBefore: z.int().nonnegative(),
    onlyAfter: z.int().nonnegative(),
  }),
  /** Guarantees whose verdict is another one, or not the same in all runs of a side; worse ones first. */
  verdicts: z.array(verdictChange),
  /** Guarantees that only the side before selected, and those that only the side after did. */
  onlyBefore: z.array(onlyInOne),
  onlyAfter: z.array(onlyInOne),
  /** Statements of the ledger, or clauses of them, that one side settled and the other did not. */
  statements: z.array(statementChange),
  durations: z.strictObject({
    /** Guarantees that Passed in all runs of both sides. */
    compared: z.int().nonnegative(),
    /** How many times as long guarantees took after as before, in the middle; 1 where fewer than 4 show it. */
    slowness: z.number().positive(),
    /** When a change is told, in a sentence. */
    rule: z.string(),
    /** Whether longer ones count as worse. */
    gate: z.boolean(),
    changes: z.array(durationChange),
  }),
  /** How the platforms differ, and Holdfast itself: what may explain the rest. */
  platform: z.array(difference),
  /** Absent where no file of known failures was given. Those that a report was run with do not count here. */
  knownFailures: knownFailures.optional(),
})

/** What two sides have in common and what not: `comparison.json`. */
export type Comparison = z.infer<typeof comparisonSchema>

/** Which way a change goes. */
export type Direction = (typeof directions)[number]

/** One side of a comparison. */
export type Side = Comparison['before']

/** A guarantee whose verdict changed, or is not the same in all runs of a side. */
export type VerdictChange = Comparison['verdicts'][number]

/** What the runs of one side say of a guarantee. */
export type VerdictOfSide = VerdictChange['before']

/** A statement or a clause that one side settled and the other did not. */
export type StatementChange = Comparison['statements'][number]

/** A guarantee that took longer or shorter by more than the noise. */
export type DurationChange = Comparison['durations']['changes'][number]

/** One thing in which the platforms differ. */
export type Difference = Comparison['platform'][number]

/** An entry of the file of known failures, and what became of it on the side after. */
export type EntryAfter = NonNullable<Comparison['knownFailures']>['entries'][number]

/** An entry by which a change is known. */
export type KnownEntry = NonNullable<VerdictChange['known']>[number]
