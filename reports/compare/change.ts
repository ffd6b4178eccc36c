import { breaksGate } from '../known-failures/section.ts'
import type { Comparison, Direction, StatementChange, VerdictChange, VerdictOfSide } from './comparison.ts'

/** What counts for or against the side after, whatever it is of. */
export interface Change {
  readonly of: 'guarantee' | 'statement' | 'duration'
  /** Id of the guarantee or of the entry of the ledger. */
  readonly id: string
  readonly direction: Direction
  /** Verdict, outcome or seconds. */
  readonly before: string
  readonly after: string
  /** First line of the first reason of the side after; absent where it gave none. */
  readonly cause?: string | undefined
  /** Guarantees that it comes from: the guarantee itself; of a statement those that changed, or all that check it where none did. */
  readonly guarantees: readonly string[]
  /** Whether it is a known failure on the side after, which does not count. */
  readonly isKnown: boolean
}

type Runs = VerdictOfSide['runs']

/**
 * Whether verdicts got worse. Worse is what Passed in all runs and no longer does, and what Failed in no run and now does. Better is what
 * Passes in all runs and did not before. All else is neither: what was broken and is now NotSupported is not mended.
 */
export function directionOf(before: Runs, after: Runs): Direction {
  const [didHold, holds] = [isAll('Passed', before), isAll('Passed', after)]
  if (holds) return didHold ? 'neither' : 'better'
  const breaksNow = after.Failed !== undefined && before.Failed === undefined
  return didHold || breaksNow ? 'worse' : 'neither'
}

function isAll(verdict: keyof Runs, runs: Runs): boolean {
  return runs[verdict] !== undefined && Object.keys(runs).length === 1
}

/** Each change of a comparison that goes one way, worse ones first: of guarantees, of statements and of durations, where these gate. */
export function changesOf({ verdicts, statements, durations }: Comparison): readonly Change[] {
  const changes: readonly Change[] = [
    ...verdicts.map(({ id, direction, before, after, known }) => ({
      ...{ of: 'guarantee' as const, id, direction, before: before.verdict, after: after.verdict },
      ...{ cause: after.cause, guarantees: [id], isKnown: known !== undefined },
    })),
    ...statements.map((change) => ({
      ...{ of: 'statement' as const, id: change.clause === undefined ? change.id : `${change.id} (${change.clause})` },
      ...{ direction: change.direction, before: change.before, after: change.after, cause: change.why },
      ...{ guarantees: guaranteesOf(change, verdicts), isKnown: change.known !== undefined },
    })),
    ...(durations.gate ? durations.changes : []).map(({ id, direction, before, after }) => ({
      ...{ of: 'duration' as const, id, direction, before: `${before.median.toFixed(1)} s`, after: `${after.median.toFixed(1)} s` },
      ...{ guarantees: [id], isKnown: false },
    })),
  ]
  return (['worse', 'better'] as const).flatMap((wanted) => changes.filter(({ direction }) => direction === wanted))
}

/** Guarantees that the change of a statement comes from: those that changed the same way, or all that check it where none did. */
export function guaranteesOf({ guarantees, direction }: StatementChange, verdicts: readonly VerdictChange[]): readonly string[] {
  const changed = guarantees.filter((each) => verdicts.some((verdict) => verdict.id === each && verdict.direction === direction))
  return changed.length === 0 ? guarantees : changed
}

/** 1 where something is worse that is not known, else 0. */
export function exitCodeOfChanges(changes: readonly Change[]): 0 | 1 {
  return changes.some(({ direction, isKnown }) => direction === 'worse' && !isKnown) ? 1 : 0
}

/** 1 where something is worse that is not known, or an entry of the known failures is no longer true; else 0. */
export function exitCodeOfComparison(comparison: Comparison): 0 | 1 {
  return comparison.knownFailures?.entries.some(breaksGate) === true ? 1 : exitCodeOfChanges(changesOf(comparison))
}
