import type { SiteRun, SiteVerdict } from './site-run.ts'

/** What one run said of a guarantee. */
export interface Told {
  readonly run: SiteRun
  readonly told: SiteVerdict
}

/** A guarantee and all that the runs of a site say of it. */
export interface GuaranteeHistory {
  readonly id: string
  readonly concept: string
  readonly behaviour: string
  /** Sentence, level and source of the newest run that has it. */
  readonly newest: SiteVerdict
  /** From the oldest run to the newest. */
  readonly runs: readonly Told[]
  readonly passed: number
  /** Runs that judged it: all but those where it was NotSupported. */
  readonly judged: number
  readonly flakes: Flakes
}

/** How often a verdict was another one than in the run before on the same platform. */
export interface Flakes {
  readonly changes: number
  /** Pairs of neighbouring runs on one platform that both judged the guarantee. */
  readonly pairs: number
}

/** The histories of all guarantees, sorted by id; `runs` are from the oldest to the newest. */
export function guaranteeHistories(runs: readonly SiteRun[]): readonly GuaranteeHistory[] {
  const all = runs.flatMap((run) => run.guarantees.map((told) => ({ run, told })))
  const groups = [...Map.groupBy(all, ({ told }) => told.id)].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return groups.flatMap(([id, each]) => {
    const newest = each.at(-1)?.told
    if (newest === undefined) return []
    const [concept = '', behaviour = ''] = id.split('/')
    const judged = each.filter(({ told }) => told.verdict !== 'NotSupported')
    const passed = judged.filter(({ told }) => told.verdict === 'Passed')
    return [{ id, concept, behaviour, newest, runs: each, passed: passed.length, judged: judged.length, flakes: flakesOf(judged) }]
  })
}

function flakesOf(judged: readonly Told[]): Flakes {
  const platforms = Map.groupBy(judged, ({ run }) => run.platform.name)
  const pairs = [...platforms.values()].flatMap((some) => some.slice(1).map((one, at) => [some[at], one] as const))
  return { pairs: pairs.length, changes: pairs.filter(([before, after]) => before?.told.verdict !== after.told.verdict).length }
}

/** Flakes in a phrase: `another verdict in 1 of 4 repetitions (25 %)`. */
export function flakesText({ changes, pairs }: Flakes): string {
  if (pairs === 0) return 'never run twice on one platform'
  return `another verdict in ${changes} of ${pairs} ${pairs === 1 ? 'repetition' : 'repetitions'} (${Math.round((100 * changes) / pairs)} %)`
}
