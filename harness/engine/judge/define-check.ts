import type { Check, Judgement } from './check.ts'
import type { HistoryEntry } from '../history/history-entry.ts'
import { gapIn, describeGap, inconclusive } from './judgement.ts'
import { latenessIn } from './lateness.ts'
import { UndefinedName } from './undefined-name.ts'

/** A history a check or condition was tried on, written down so that it stays tried. */
export interface Example<Params> {
  readonly title: string
  readonly params: Params
  readonly history: readonly HistoryEntry[]
}

/** A check as it is defined. The histories that show it able to uphold, to reject and to abstain stand in `x.examples.ts` beside it. */
export interface CheckDefinition<Params> {
  /** Registered name; it is stored with every judgement, so it never changes its meaning. */
  readonly name: string
  /** Kinds whose observations the judgement depends on; none where it reads measurements and acts alone. */
  readonly reads: readonly string[] | ((params: Params) => readonly string[])
  describe(params: Params): string
  /** Judges a history without a gap in what it reads. */
  judge(params: Params, history: readonly HistoryEntry[]): Judgement
}

/** The histories that a check is tried on. */
export interface CheckExamples<Params> {
  /** Histories that are upheld. */
  readonly upholds: readonly Example<Params>[]
  /** Histories that are violated. */
  readonly rejects: readonly Example<Params>[]
  /** Histories with a gap where it matters, which are inconclusive. */
  readonly gaps: readonly Example<Params>[]
}

/** The examples of what `defineCheck` has returned. */
export type CheckExamplesOf<Make> = Make extends (params: infer Params) => Check ? CheckExamples<Params> : never

/** A check in the registry, its parameters no longer typed. */
export interface RegisteredCheck {
  readonly name: string
  make(params: unknown): Check
}

const registry = new Map<string, RegisteredCheck>()

/** Defines and registers a check. The result makes the check for given parameters, which must survive JSON unchanged. */
export function defineCheck<Params>(definition: CheckDefinition<Params>): (params: Params) => Check {
  const { name, reads } = definition
  if (registry.has(name)) throw new TypeError(`Check ${name} is defined twice: rename one of them.`)
  const make = (params: Params): Check => ({
    name,
    params,
    description: definition.describe(params),
    reads: typeof reads === 'function' ? reads(params) : reads,
    judge: (history) => definition.judge(params, history),
  })
  registry.set(name, { name, make: (params) => make(params as Params) })
  return make
}

/** Every registered check, by name. */
export function registeredChecks(): readonly RegisteredCheck[] {
  return [...registry.values()]
}

/** Makes a check again from what a judgement recorded. Throws for a name that is not registered. */
export function checkByName(name: string, params: unknown): Check {
  const registered = registry.get(name)
  if (registered === undefined) throw new UndefinedName('check', name)
  return registered.make(params)
}

/** Judges a history. It is inconclusive where what the check reads has a gap, where it evaluated nothing, and where it threw. */
export function judgeCheck(check: Check, history: readonly HistoryEntry[]): Judgement {
  try {
    const gap = gapIn(history, check.reads)
    if (gap !== undefined) return inconclusive(`${describeGap(gap)} It is unknown whether this holds: ${check.description}.`, [gap.seq])
    const judgement = check.judge(history)
    if (judgement.outcome === 'inconclusive') return withLateness(judgement, { check, history })
    if (judgement.outcome !== 'upheld' || judgement.evaluated > 0) return judgement
    return inconclusive(`The history has no data to judge this: ${check.description}`)
  } catch (error) {
    return inconclusive(`Check ${check.name} broke: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Judges what a guarantee presupposes: where it is not so, nothing is known of the guarantee. */
export function judgePremise(check: Check, history: readonly HistoryEntry[]): Judgement {
  const judgement = judgeCheck(check, history)
  if (judgement.outcome !== 'violated') return judgement
  const { reason } = judgement
  return {
    outcome: 'inconclusive',
    reason: { ...reason, summary: `A premise was not met, so nothing was put to the test: ${reason.summary}` },
  }
}

/** Says also which watch was late: often that is why a moment was missed. */
function withLateness(
  judgement: Extract<Judgement, { outcome: 'inconclusive' }>,
  { check, history }: { readonly check: Check; readonly history: readonly HistoryEntry[] },
): Judgement {
  const lateness = latenessIn(history, check.reads)
  if (lateness === undefined) return judgement
  const summary = `${judgement.reason.summary} ${lateness.slice(0, 1).toUpperCase()}${lateness.slice(1)}`
  return { ...judgement, reason: { ...judgement.reason, summary } }
}
