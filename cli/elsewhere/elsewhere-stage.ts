import { type Budget, elsewhereStage } from '../budget/budget.ts'
import { failureText } from '../shell/failure.ts'
import type { LeftOut } from '../budget/sentences.ts'
import type { Outcome, Stages } from '../budget/stages.ts'
import { countOne, type Stage, totalOf } from '../budget/tally.ts'
import { log } from '../shell/log.ts'

/** What is tried on clusters of its own. */
export interface TriedElsewhere {
  /** As stored durations know it, such as `stranger local-path`. */
  readonly id: string
  /** Why a run with a budget cannot try it, whatever its time; undefined where it can. */
  readonly whyNot?: () => Promise<string | undefined>
  readonly run: (signal: AbortSignal) => Promise<Outcome>
}

/** What `npm test` does after the clusters of its profiles are gone. */
export interface ElsewhereOfTest {
  readonly items: readonly TriedElsewhere[]
  readonly stages: Pick<Stages, 'attempt'>
  /** Gets what there was no time for. */
  readonly leftOut: LeftOut[]
  /** Everything is run when undefined. */
  readonly budget: Pick<Budget, 'decide' | 'why'> | undefined
  readonly signal: AbortSignal
}

const noun = 'strangers and pages'

/** Tries each, or those that there is time for. Returns how long each took, but those that failed. */
export async function runElsewhere({ items, stages, leftOut, budget, signal }: ElsewhereOfTest): Promise<readonly Stage[]> {
  const took: Stage[] = []
  if (items.length === 0) return took
  await stages.attempt(elsewhereStage, async () => {
    const cannot = budget === undefined ? new Map<string, string>() : await reasonsOf(items)
    const decided = budget?.decide(elsewhereStage, (id) => !cannot.has(id))
    const chosen = items.filter(({ id }) => decided === undefined || decided.chosen.some((each) => each.id === id))
    const late = items.filter((each) => !chosen.includes(each) && !cannot.has(each.id)).map(({ id }) => id)
    if (budget !== undefined && late.length > 0) leftOut.push({ stage: elsewhereStage, noun, why: budget.why, names: late })
    for (const [id, why] of cannot) leftOut.push({ stage: elsewhereStage, noun, why, names: [id], lacks: true })
    const outcomes: Outcome[] = []
    for (const item of chosen) {
      signal.throwIfAborted()
      const started = performance.now()
      const outcome = await outcomeOf(item, signal)
      outcomes.push(outcome)
      if (outcome.failed === 0) took.push({ name: item.id, ...outcome, seconds: (performance.now() - started) / 1000 })
    }
    const failedTests = outcomes.flatMap((outcome) => outcome.failedTests ?? [])
    return { ...totalOf(outcomes), skipped: late.length + cannot.size, failedTests, leftOut: decided?.reason }
  })
  return took
}

async function reasonsOf(items: readonly TriedElsewhere[]): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>()
  for (const { id, whyNot } of items) {
    const why = await whyNot?.()
    if (why !== undefined) reasons.set(id, why)
  }
  return reasons
}

/** What throws has failed, and the next one has its turn all the same. Throws the reason of the signal. */
async function outcomeOf({ id, run }: TriedElsewhere, signal: AbortSignal): Promise<Outcome> {
  try {
    return await run(signal)
  } catch (error) {
    signal.throwIfAborted()
    log(`${id} failed: ${failureText(error)}`)
    return { ...countOne(false), failedTests: [{ name: id, message: failureText(error) }] }
  }
}
