import { hash } from 'node:crypto'
import { changesOf, directionOf, exitCodeOfComparison, guaranteesOf } from './change.ts'
import { type Comparison, directions, type Side, type VerdictChange } from './comparison.ts'
import { durationsOf, type InBoth } from './durations.ts'
import { type GivenFailures, knownAfter } from './known-after.ts'
import { partingOfRuns } from './parting-of-runs.ts'
import { platformDifferences } from './platform-facts.ts'
import { NotComparable, type RunsOfSide } from './runs-of-side.ts'
import { statementChanges } from './statements.ts'
import { type Judged, judgedBySide, verdictOfSide } from './verdicts.ts'

/** Two sides, and what of their differences is to count. */
export interface Compared {
  readonly before: RunsOfSide
  readonly after: RunsOfSide
  /** Whether a guarantee that takes longer, by more than the noise, counts as worse. */
  readonly gateDurations: boolean
  /** What may fail on the side after; nothing when absent. */
  readonly knownFailures?: GivenFailures | undefined
}

/** Compares two sides. Throws `NotComparable` where they have a run in common, or no guarantee. */
export async function compare({ before, after, gateDurations, knownFailures }: Compared): Promise<Comparison> {
  requireOtherRuns(before, after)
  const [one, other] = [judgedBySide(before), judgedBySide(after)]
  const inBoth: InBoth = new Map(
    [...one].flatMap(([id, judged]) => {
      const match = other.get(id)
      return match === undefined ? [] : [[id, [judged, match]] as const]
    }),
  )
  if (inBoth.size === 0) throw new NotComparable('No guarantee was selected on both sides.', { fix: 'Name runs that share guarantees.' })
  const verdicts: VerdictChange[] = []
  for (const [id, sides] of inBoth) verdicts.push(...(await verdictChange(id, sides)))
  const onlyBefore = onlyIn(one, { other, runs: after.runs })
  const onlyAfter = onlyIn(other, { other: one, runs: before.runs })
  const count = (direction: VerdictChange['direction']) => verdicts.filter((change) => change.direction === direction).length
  const comparison: Comparison = {
    apiVersion: 'holdfast.dev/v1alpha1',
    kind: 'Comparison',
    before: sideOf(before),
    after: sideOf(after),
    result: 'nothing worse',
    totals: {
      compared: inBoth.size,
      same: inBoth.size - verdicts.length,
      ...{ worse: count('worse'), better: count('better'), neither: count('neither') },
      flaky: verdicts.filter((change) => [change.before, change.after].some(({ verdict }) => verdict === 'flaky')).length,
      ...{ onlyBefore: onlyBefore.length, onlyAfter: onlyAfter.length },
    },
    verdicts: directions.flatMap((direction) => verdicts.filter((change) => change.direction === direction)),
    ...{ onlyBefore, onlyAfter },
    statements: statementChanges(before, after).toSorted((a, b) => directions.indexOf(a.direction) - directions.indexOf(b.direction)),
    durations: durationsOf(inBoth, { gate: gateDurations }),
    platform: await platformDifferences(before, after),
  }
  const isWorse = changesOf(comparison).some(({ direction }) => direction === 'worse')
  const result = isWorse ? 'something worse' : 'nothing worse'
  return withKnown({ ...comparison, result }, { after, knownFailures })
}

/** A run beside itself shows nothing: it would be its own yardstick. */
function requireOtherRuns(before: RunsOfSide, after: RunsOfSide): void {
  const known = new Set(before.runs.map(({ report }) => report.run.id))
  const twice = after.runs.find(({ report }) => known.has(report.run.id))
  if (twice !== undefined)
    throw new NotComparable(`Run ${twice.report.run.id} is on both sides.`, { fix: 'Name each run on one side only.' })
}

/** A comparison in which each change says whether it is known on the side after. */
function withKnown(comparison: Comparison, { after, knownFailures }: Pick<Compared, 'after' | 'knownFailures'>): Comparison {
  if (knownFailures === undefined) return comparison
  const { entries, by } = knownAfter(after, knownFailures.entries)
  const knownIn = (guarantees: readonly string[]) => {
    const known = by(guarantees)
    return known.length === 0 ? {} : { known: [...known] }
  }
  const { verdicts } = comparison
  const marked: Comparison = {
    ...comparison,
    verdicts: verdicts.map((change) => ({ ...change, ...knownIn([change.id]) })),
    statements: comparison.statements.map((change) => ({ ...change, ...knownIn(guaranteesOf(change, verdicts)) })),
    knownFailures: { sha256: hash('sha256', knownFailures.text), gate: 'holds', entries: [...entries] },
  }
  const gate = exitCodeOfComparison(marked) === 0 ? 'holds' : 'breaks'
  return marked.knownFailures ? { ...marked, knownFailures: { ...marked.knownFailures, gate } } : marked
}

function sideOf({ runs, leftOut }: RunsOfSide): Side {
  return {
    runs: runs.map(({ report: { run, cluster, result } }) => ({
      ...{ id: run.id, startedAt: run.startedAt, kubernetes: cluster.versions['kubernetes'] ?? 'unknown', driver: cluster.driver },
      ...(run.profile !== undefined && { profile: run.profile }),
      ...{ commit: run.commit, result },
    })),
    leftOut: [...leftOut],
  }
}

/** A guarantee whose verdict is another one, or not the same in all runs of a side; nothing where neither is so. */
async function verdictChange(
  id: string,
  [before, after]: readonly [readonly Judged[], readonly Judged[]],
): Promise<readonly VerdictChange[]> {
  const [was, is] = [verdictOfSide(before), verdictOfSide(after)]
  if (was.verdict === is.verdict && is.verdict !== 'flaky') return []
  const result = after[0]?.result
  const former = before[0]?.result
  if (result === undefined || former === undefined) return []
  const isRestated = result.statement !== former.statement || result.level !== former.level
  return [
    {
      ...{ id, level: result.level, statement: result.statement, direction: directionOf(was.runs, is.runs), before: was, after: is },
      ...(isRestated && { restated: true as const }),
      ...(await partingOfRuns(id, [before, after])),
    },
  ]
}

interface OtherSide {
  readonly other: ReadonlyMap<string, unknown>
  readonly runs: RunsOfSide['runs']
}

/** Guarantees that the other side did not select, each with why. */
function onlyIn(judged: ReadonlyMap<string, readonly Judged[]>, { other, runs }: OtherSide): Comparison['onlyBefore'] {
  const whys = new Map(
    runs.flatMap(({ report }) =>
      report.apiVersion === 'holdfast.dev/v1alpha1' ? [] : report.skipped.map(({ id, why }) => [id, why] as const),
    ),
  )
  const knows = runs.some(({ report }) => report.apiVersion !== 'holdfast.dev/v1alpha1')
  const unknown = knows ? 'no such guarantee there' : 'not selected, or no such guarantee there'
  return [...judged].flatMap(([id, some]) => {
    const skipped = whys.get(id)
    return other.has(id)
      ? []
      : [{ id, verdict: verdictOfSide(some).verdict, why: skipped === undefined ? unknown : `not selected: ${skipped}` }]
  })
}
