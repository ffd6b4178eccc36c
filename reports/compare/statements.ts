import type { LedgerResult } from '../model/ledger-results.ts'
import { isSettled } from '../model/ledger.ts'
import type { StatementChange } from './comparison.ts'
import type { ReportedRun, RunsOfSide } from './runs-of-side.ts'

/** A statement or a clause of it, and what became of it in a run. */
interface Stated {
  readonly id: string
  readonly clause?: string
  readonly level: LedgerResult['level']
  readonly states: string
  readonly outcome: string
  readonly why?: string | undefined
  readonly isSettled: boolean
  readonly guarantees: readonly string[]
}

/**
 * Statements of the ledger and clauses of them that one side settled and the other did not. Compared is what both sides put to the test:
 * statements that read the same in both, with the same clauses, and whose guarantees both selected. Of several runs of a side, a statement
 * counts as settled where all of them settled it. The first reports did not say what is settled.
 */
export function statementChanges(before: RunsOfSide, after: RunsOfSide): StatementChange[] {
  const [one, other] = [statedBySide(before), statedBySide(after)]
  const selected = [before, after].map(selectedBySide)
  return [...one].flatMap(([key, was]) => {
    const is = other.get(key)
    if (is === undefined || was.states !== is.states || was.isSettled === is.isSettled) return []
    const guarantees = [...new Set([...was.guarantees, ...is.guarantees])]
    if (guarantees.some((id) => !selected.every((ids) => ids.has(id)))) return []
    const { id, clause, level, states } = was
    const why = is.isSettled ? was.why : is.why
    return [
      {
        ...{ id, level, states, guarantees },
        ...(clause !== undefined && { clause }),
        direction: is.isSettled ? 'better' : 'worse',
        ...{ before: was.outcome, after: is.outcome },
        ...(why !== undefined && { why }),
      } as const,
    ]
  })
}

/** What all runs of a side say of each statement, by id and clause. */
function statedBySide({ runs }: RunsOfSide): ReadonlyMap<string, Stated> {
  const all = Map.groupBy(runs.flatMap(statedIn), ({ id, clause }) => `${id} ${clause ?? ''}`)
  const inAllRuns = [...all].filter(([, stated]) => stated.length === runs.length)
  return new Map(
    inAllRuns.flatMap(([key, [first, ...others]]) => {
      const worst = [first, ...others].find((each) => each?.isSettled === false) ?? first
      return worst === undefined ? [] : [[key, worst] as const]
    }),
  )
}

/** Where a statement has clauses, these say more than it does. */
function statedIn({ report }: ReportedRun): readonly Stated[] {
  if (report.apiVersion === 'holdfast.dev/v1alpha1') return []
  return (report.ledger ?? []).flatMap((entry): readonly Stated[] => {
    const { id, level, statement, outcome, why, guarantees, clauses = [] } = entry
    if (clauses.length === 0) return [{ id, level, states: statement, outcome, why, guarantees, isSettled: isSettled(outcome) }]
    return clauses.map((clause) => ({
      ...{ id, clause: clause.key, level, states: clause.states, outcome: clause.outcome, why: clause.why },
      ...{ isSettled: clause.outcome === 'upheld', guarantees: [...new Set(clause.judgements.map(({ guarantee }) => guarantee))] },
    }))
  })
}

function selectedBySide({ runs }: RunsOfSide): ReadonlySet<string> {
  return new Set(runs.flatMap(({ report }) => report.guarantees.map(({ id }) => id)))
}
