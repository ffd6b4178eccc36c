import { latest, observationsOf } from '../../engine/object.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import type { History } from '../../engine/history/history.ts'
import { catchUpOn } from '../../engine/judge/catch-up-on.ts'
import { isHealthy, stateOf } from '../pod/conditions.ts'

/** A Deployment by name. */
export interface DeploymentOf {
  readonly deployment: string
}

/** One Pod of a Deployment is there, Running and Ready, and no other. */
export const onlyPodReady = defineCondition<DeploymentOf>({
  name: 'only-pod-ready',
  reads: ['Pod'],
  describe: ({ deployment }) => `exactly one Pod of Deployment ${deployment}, Running and Ready`,
  holds({ deployment }, history) {
    const [one, ...others] = podsOf(history, deployment)
    return one !== undefined && others.length === 0 && isHealthy(history, one)
  },
  seen: ({ deployment }, history) => statesOf(history, deployment),
})

/** A Deployment has made another Pod than the one named. */
export const otherPodPresent = defineCondition<DeploymentOf & { readonly than: string }>({
  name: 'other-pod-present',
  reads: ['Pod'],
  describe: ({ deployment, than }) => `a Pod of Deployment ${deployment} created besides ${than}`,
  holds: ({ deployment, than }, history) => podsOf(history, deployment).some((pod) => pod !== than),
  seen: ({ deployment }, history) => statesOf(history, deployment),
})

/** A Deployment and how many Pods of it are to be there. */
export interface ReplicasOf extends DeploymentOf {
  readonly replicas: number
}

/** As many Pods of a Deployment as named are there, all Running and Ready, and no other. */
export const replicasReady = defineCondition<ReplicasOf>({
  name: 'replicas-ready',
  reads: ['Pod'],
  describe: ({ deployment, replicas }) => `exactly ${replicas} Pods of Deployment ${deployment}, all Running and Ready`,
  holds({ deployment, replicas }, history) {
    const pods = podsOf(history, deployment)
    return pods.length === replicas && pods.every((pod) => isHealthy(history, pod))
  },
  seen: ({ deployment }, history) => statesOf(history, deployment),
})

/** As many Pods of a Deployment as named are there, each with a node that was found for it or without. */
export const replicasPresent = defineCondition<ReplicasOf>({
  name: 'replicas-present',
  reads: ['Pod'],
  describe: ({ deployment, replicas }) => `exactly ${replicas} Pods of Deployment ${deployment}`,
  holds: ({ deployment, replicas }, history) => podsOf(history, deployment).length === replicas,
  seen: ({ deployment }, history) => statesOf(history, deployment),
})

/** Names of as many Pods as there are in a list that was asked for. */
type Names<Count extends 1 | 2 | 3> = { 1: readonly [string]; 2: readonly [string, string]; 3: readonly [string, string, string] }[Count]

/**
 * Names of the Pods of a Deployment that are there now, in alphabetical order, besides some that are known. Throws `Inconclusive` where
 * they are not as many as asked for.
 */
export async function replicasOf<const Count extends 1 | 2 | 3>(
  history: History,
  deployment: string,
  { count, besides = [] }: { readonly count: Count; readonly besides?: readonly string[] },
): Promise<Names<Count>> {
  await catchUpOn(history, ['Pod'])
  const pods = podsOf(history.entries, deployment)
    .filter((pod) => !besides.includes(pod))
    .toSorted()
  if (pods.length === count) return pods as unknown as Names<Count>
  const summary = `Deployment ${deployment} has ${pods.length} Pods besides those known instead of ${count}.`
  throw new Inconclusive().withDetails({ reason: { summary } })
}

/** Name of the one Pod of a Deployment that is Running and Ready now. */
export async function podOf(history: History, deployment: string): Promise<string> {
  await catchUpOn(history, ['Pod'])
  const { entries } = history
  const pod = podsOf(entries, deployment).find((name) => isHealthy(entries, name))
  if (pod !== undefined) return pod
  throw new Inconclusive().withDetails({ reason: { summary: `Deployment ${deployment} has no Pod that is Running and Ready.` } })
}

/** Names of the Pods of a Deployment that are there. */
export function podsOf(history: readonly HistoryEntry[], deployment: string): readonly string[] {
  const names = new Set(observationsOf(history, 'Pod').map(({ object }) => object.metadata.name))
  return [...names].filter((name) => name.startsWith(`${deployment}-`) && latest(history, 'Pod', name) !== undefined)
}

function statesOf(history: readonly HistoryEntry[], deployment: string): string {
  const states = podsOf(history, deployment).map((pod) => stateOf(history, pod))
  return states.join(', ') || `no Pod of Deployment ${deployment}`
}
