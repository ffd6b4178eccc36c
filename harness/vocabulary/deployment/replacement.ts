import { defineCondition } from '../../engine/judge/define-condition.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import type { History } from '../../engine/history/history.ts'
import { catchUpOn } from '../../engine/judge/catch-up-on.ts'
import { latest, phaseOf } from '../../engine/object.ts'
import { isHealthy, stateOf } from '../pod/conditions.ts'
import { type DeploymentOf, podsOf } from './conditions.ts'

/** A Deployment of one Pod, and the Pod that is to be replaced: names of the Pods of a Deployment differ. */
export interface Replaced extends DeploymentOf {
  readonly than: string
}

/** A Deployment has a Pod besides the one named, and none of its containers has started. */
export const replacementPending = defineCondition<Replaced>({
  name: 'replacement-pending',
  reads: ['Pod'],
  describe: ({ deployment, than }) => `a Pod of Deployment ${deployment} besides ${than}, Pending`,
  holds(params, history) {
    const others = othersOf(history, params)
    return others.length > 0 && others.every((pod) => phaseOf(latest(history, 'Pod', pod)) === 'Pending')
  },
  seen: (params, history) => statesOf(history, params),
})

/** A Deployment has a Pod besides the one named that is Running and Ready. */
export const replacementReady = defineCondition<Replaced>({
  name: 'replacement-ready',
  reads: ['Pod'],
  describe: ({ deployment, than }) => `a Pod of Deployment ${deployment} besides ${than}, Running and Ready`,
  holds: (params, history) => othersOf(history, params).some((pod) => isHealthy(history, pod)),
  seen: (params, history) => statesOf(history, params),
})

/** Name of the Pod that a Deployment has besides the one named. Throws `Inconclusive` when it has none, or several. */
export async function replacementOf(history: History, params: Replaced): Promise<string> {
  await catchUpOn(history, ['Pod'])
  const [pod, ...more] = othersOf(history.entries, params)
  if (pod !== undefined && more.length === 0) return pod
  const { deployment, than } = params
  throw new Inconclusive().withDetails({
    reason: { summary: `Deployment ${deployment} has ${pod === undefined ? 'no Pod' : `${more.length + 1} Pods`} besides ${than}.` },
  })
}

function othersOf(history: readonly HistoryEntry[], { deployment, than }: Replaced): readonly string[] {
  return podsOf(history, deployment).filter((pod) => pod !== than)
}

function statesOf(history: readonly HistoryEntry[], params: Replaced): string {
  const states = othersOf(history, params).map((pod) => stateOf(history, pod))
  return [stateOf(history, params.than), ...states].join(', ')
}
