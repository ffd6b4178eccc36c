import { field, latest, observationsOf } from '../../engine/object.ts'
import { isReadyPod } from './readings.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry, ObservedObject } from '../../engine/history/history-entry.ts'
import { type PodName, stateOf } from './conditions.ts'

/** A Pod by name and why its container does not start, as `kubectl get pods` shows it. */
export interface WaitingFor extends PodName {
  readonly reason: string
}

/** A container of a Pod waits for a reason that the kubelet names. */
export const containerWaiting = defineCondition<WaitingFor>({
  name: 'container-waiting',
  reads: ['Pod'],
  describe: ({ pod, reason }) => `Pod ${pod} waiting in ${reason}`,
  holds: ({ pod, reason }, history) =>
    statesOf(latest(history, 'Pod', pod)).some((one) => field(one, 'state', 'waiting', 'reason') === reason),
  unreachable: ({ pod }, history) => readyAfterAll(history, pod),
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** A container of a Pod ended with an error before the Pod was ever Ready. */
export const containerFailed = defineCondition<PodName>({
  name: 'container-failed',
  reads: ['Pod'],
  describe: ({ pod }) => `a container of Pod ${pod} ended with an error`,
  holds: ({ pod }, history) => statesOf(latest(history, 'Pod', pod)).some((one) => exitCodesOf(one).some((code) => code !== 0)),
  unreachable: ({ pod }, history) => readyAfterAll(history, pod),
  seen: ({ pod }, history) => stateOf(history, pod),
})

function statesOf(pod: ObservedObject | undefined): readonly unknown[] {
  const statuses = field(pod, 'status', 'containerStatuses')
  return Array.isArray(statuses) ? statuses : []
}

function exitCodesOf(status: unknown): readonly unknown[] {
  const states = [field(status, 'state', 'terminated'), field(status, 'lastState', 'terminated')]
  return states.map((state) => field(state, 'exitCode')).filter((code) => code !== undefined)
}

function readyAfterAll(history: readonly HistoryEntry[], pod: string): string | undefined {
  return observationsOf(history, 'Pod', pod).some(({ object }) => isReadyPod(object)) ? `Pod ${pod} became Running and Ready.` : undefined
}
