import type { FailedTest } from '../../reports/model/test-record.ts'
import { table } from '../shell/table.ts'

/** How many tests came out how. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** One part of `npm test`. */
export interface Stage extends Counts {
  readonly name: string
  readonly seconds: number
  /** How much it left out, and why. */
  readonly leftOut?: string | undefined
  /** Those of its tests that failed; absent where it has no names for them. */
  readonly failedTests?: readonly FailedTest[]
}

/** The counts of all stages together. */
export function totalOf(stages: readonly Counts[]): Counts {
  return stages.reduce<Counts>(
    (sum, { passed, failed, skipped }) => ({ passed: sum.passed + passed, failed: sum.failed + failed, skipped: sum.skipped + skipped }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

/** One line a stage, with its time and with what it left out. */
export function stageTable(stages: readonly Stage[]): readonly string[] {
  const rows = stages.map(({ name, passed, failed, skipped, seconds, leftOut = '' }) => [
    name,
    `${passed}`,
    `${failed}`,
    `${skipped}`,
    `${seconds.toFixed(1)} s`,
    leftOut,
  ])
  return table([['stage', 'passed', 'failed', 'skipped', 'time'], ...rows])
}

/** The last line of `npm test`, as CI reads it. */
export function lastLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** Counts of a single yes or no. */
export function countOne(ok: boolean): Counts {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}
