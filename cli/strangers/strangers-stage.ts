import type { Stranger } from '../../clusters/strangers/stranger.ts'
import { type Budget, strangersStage } from '../budget/budget.ts'
import { strangerId } from '../budget/durations.ts'
import type { LeftOut } from '../budget/sentences.ts'
import type { Stages } from '../budget/stages.ts'
import type { Stage } from '../budget/tally.ts'
import type { ClusterSettings } from '../plan/run-plan.ts'
import { runStrangers, type StrangersRun } from './run-strangers.ts'

/** Strangers in `npm test`. */
export interface StrangersOfTest {
  readonly strangers: readonly Stranger[]
  readonly settings: ClusterSettings
  /** Path of the settings file that the user named. */
  readonly config: string | undefined
  readonly stages: Stages
  /** Gets what there was no time for. */
  readonly leftOut: LeftOut[]
  /** Everything is run when undefined. */
  readonly budget: Pick<Budget, 'decide' | 'why'> | undefined
  readonly signal: AbortSignal
}

/** Judges the quick part of each stranger, or of those that there is time for. Returns how long each took, but those that failed. */
export async function runStrangersStage(
  of: StrangersOfTest,
  judge: (run: StrangersRun) => ReturnType<typeof runStrangers> = runStrangers,
): Promise<readonly Stage[]> {
  const { strangers, stages, leftOut, budget, settings, config, signal } = of
  if (strangers.length === 0) return []
  const took: Stage[] = []
  await stages.attempt(strangersStage, async () => {
    const decided = budget?.decide(strangersStage)
    const chosen = strangers.filter(({ name }) => decided === undefined || decided.chosen.some(({ id }) => id === name))
    const left = strangers.filter((each) => !chosen.includes(each)).map(({ name }) => name)
    if (budget !== undefined && left.length > 0) leftOut.push({ stage: strangersStage, noun: 'strangers', why: budget.why, names: left })
    const run = { strangers: chosen, settings, config, quick: true, only: [], retain: false, signal }
    const { seconds, ...outcome } = await judge(run)
    for (const [name, each] of Object.entries(seconds))
      took.push({ name: strangerId(name), passed: 1, failed: 0, skipped: 0, seconds: each })
    return { ...outcome, skipped: left.length, leftOut: decided?.reason }
  })
  return took
}
