import { join } from 'node:path'
import type { Condition } from '../engine/judge/check.ts'
import { latest } from '../engine/object.ts'
import { ownedCleanUpSteps } from '../fixtures/clean-up.ts'
import type { Environment } from '../engine/fixtures/environment.ts'
import { ownNothing } from '../engine/fixtures/owned.ts'
import { openReverts } from '../engine/fixtures/reverts.ts'
import { type Fixtures, openFixtures } from '../fixtures/fixtures.ts'
import { countRequests } from '../engine/kubernetes/request-count.ts'
import { openHistory } from '../engine/history/history.ts'
import { limits } from '../engine/limits.ts'
import { tearDown, type TearDownStep } from '../engine/fixtures/tear-down.ts'
import type { Observer } from '../engine/watch/observer.ts'
import { wait } from '../engine/judge/wait.ts'

/** Options of a benchmark; each runs in a namespace of its own. */
export interface BenchPlan {
  readonly environment: Environment
  readonly rounds: number
  readonly signal: AbortSignal
}

/** An interrupted run must be over before it is killed: the namespace then ends by itself. */
const secondsWhenInterrupted = 6

/**
 * Makes a namespace with its watches, measures in it and removes it whatever happens. Resolves once its volumes are gone too, so that
 * what is measured next begins on an idle cluster; what is left is printed and throws. The history stays in the directory of the run.
 */
export async function withBenchFixtures<Result>(
  name: string,
  { environment, signal }: BenchPlan,
  measure: (fixtures: Fixtures) => Promise<Result>,
): Promise<Result> {
  const history = openHistory({ historyFile: join(environment.directory, 'bench', `${name}.jsonl`) })
  const [owned, reverts] = [ownNothing(), openReverts()]
  const [watches, faults] = [new AsyncDisposableStack(), new AsyncDisposableStack()]
  const open = { environment, history, signal, stack: watches, faults, reverts, owned, requests: countRequests() }
  const work = async () => measure(await openFixtures({ ...open, guarantee: { id: `bench/${name}` } }))
  const [measured] = await Promise.allSettled([work()])
  const steps: readonly TearDownStep[] = [
    ...reverts.take(),
    { name: 'Closing the watches', limit: limits.handlesClosed, run: async () => watches.disposeAsync() },
    { name: 'Closing the history', limit: limits.handlesClosed, run: () => history.close() },
    ...ownedCleanUpSteps(owned, environment.cluster),
  ]
  const limit = signal.aborted ? secondsWhenInterrupted : Infinity
  const left = await tearDown(steps.map((step) => ({ ...step, limit: Math.min(step.limit, limit) })))
  for (const finding of left) process.stderr.write(`After ${name}: ${finding}\n`)
  if (measured.status === 'rejected') throw measured.reason
  if (left.length > 0 && !signal.aborted)
    throw new Error(`After ${name} the cluster is not as it was: what is measured next would not count.`)
  return measured.value
}

/** Waits until a condition holds. Throws what was seen instead when it does not in time. */
export async function reach(observer: Observer, condition: Condition, within: number): Promise<void> {
  const { outcome, reason } = await wait({ verb: 'until', observer, condition, within })
  if (outcome !== 'upheld') throw new Error(reason?.summary ?? `"${condition.description}" was not reached.`)
}

/** No object of a kind has one of these names. */
export function gone(kind: string, names: readonly string[]): Condition {
  return {
    name: 'gone',
    params: { kind, names },
    reads: [kind],
    description: `no ${kind} ${names.join(', ')}`,
    holds: (history) => names.every((name) => latest(history, kind, name) === undefined),
  }
}
