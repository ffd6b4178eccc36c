import { join } from 'node:path'
import type { Condition } from '../check.ts'
import { latest } from '../object.ts'
import { deleteNamespace } from '../fixtures/delete-namespace.ts'
import type { Environment } from '../fixtures/environment.ts'
import { openUndos } from '../fixtures/undos.ts'
import { type Fixtures, openWorld } from '../fixtures/world.ts'
import { countRequests } from '../kubernetes/request-count.ts'
import type { ObservedObject } from '../history-entry.ts'
import { openHistory } from '../history.ts'
import type { KubernetesApi } from '../kubernetes/api.ts'
import { limits } from '../limits.ts'
import type { Observer } from '../watch/observer.ts'
import { wait } from '../watch/wait.ts'

/** What is measured in a world of its own. */
export interface BenchPlan {
  readonly environment: Environment
  readonly rounds: number
  readonly signal: AbortSignal
}

/** An interrupted run must be over before it is killed: the namespace then ends by itself. */
const secondsWhenInterrupted = 6

/**
 * Makes a namespace with its watches, measures in it and removes it whatever happens. Resolves once its volumes are gone too, so that
 * what is measured next begins on an idle cluster. The history stays in the directory of the run.
 */
export async function inBenchWorld<Result>(
  name: string,
  { environment, signal }: BenchPlan,
  measure: (world: Fixtures) => Promise<Result>,
): Promise<Result> {
  const history = openHistory({ historyFile: join(environment.directory, 'bench', `${name}.jsonl`) })
  let made: { readonly api: KubernetesApi; readonly namespace: ObservedObject } | undefined
  await using stack = new AsyncDisposableStack()
  stack.defer(async () => {
    history.close()
    if (made === undefined) return
    const within = AbortSignal.timeout((signal.aborted ? secondsWhenInterrupted : limits.namespaceDeleted) * 1000)
    const left = await deleteNamespace({ api: made.api, name: made.namespace.metadata.name, signal: within })
    made.api.close()
    if (left.length > 0 && !signal.aborted) throw new Error(`After ${name} there is still ${left.join(', ')}.`)
  })
  const watches = stack.use(new AsyncDisposableStack())
  return await measure(
    await openWorld({
      environment,
      guarantee: { id: `bench/${name}` },
      history,
      signal,
      stack: watches,
      undos: stack.use(openUndos()),
      requests: countRequests(),
      created: (api, namespace) => (made = { api, namespace }),
    }),
  )
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
