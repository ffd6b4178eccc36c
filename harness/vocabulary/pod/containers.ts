import { field, latest, observationsOf } from '../../engine/object.ts'
import { isReadyPod } from './readings.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry, Observation, ObservedObject } from '../../engine/history/history-entry.ts'
import { lastBefore, type PodName, type Replaced, stateOf } from './conditions.ts'

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
  unreachable: ({ pod }, history) => readyAfterAll(history, { pod }),
  seen: ({ pod }, history) => stateOf(history, pod),
})

/**
 * A container of a Pod ended with an error before the Pod was ever Ready. With `since`, of another Pod of that name than the one that was
 * last seen before that mark.
 */
export const containerFailed = defineCondition<Replaced>({
  name: 'container-failed',
  reads: ['Pod'],
  describe: ({ pod, since }) => `a container of ${since === undefined ? '' : 'another '}Pod ${pod} ended with an error`,
  holds(of, history) {
    const last = meantBy(of, history).at(-1)
    const now = last?.event === 'DELETED' ? undefined : last?.object
    return statesOf(now).some((one) => exitCodesOf(one).some((code) => code !== 0))
  },
  unreachable: (of, history) => readyAfterAll(history, of),
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** What was seen of a Pod; with a mark, of those that followed the one that was there then. */
function meantBy({ pod, since }: Replaced, history: readonly HistoryEntry[]): readonly Observation[] {
  const seen = observationsOf(history, 'Pod', pod)
  if (since === undefined) return seen
  const before = lastBefore(history, { pod, since })
  return before === undefined
    ? []
    : seen.filter(({ seq, object }) => seq > before.seq && object.metadata.uid !== before.object.metadata.uid)
}

function statesOf(pod: ObservedObject | undefined): readonly unknown[] {
  const statuses = field(pod, 'status', 'containerStatuses')
  return Array.isArray(statuses) ? statuses : []
}

function exitCodesOf(status: unknown): readonly unknown[] {
  const states = [field(status, 'state', 'terminated'), field(status, 'lastState', 'terminated')]
  return states.map((state) => field(state, 'exitCode')).filter((code) => code !== undefined)
}

/** A Pod without a probe is Ready while its container runs, also one that is about to end with an error. */
function readyAfterAll(history: readonly HistoryEntry[], of: Replaced): string | undefined {
  const isReady = meantBy(of, history).some(({ object }) => isReadyPod(object) && isProbed(object))
  return isReady ? `Pod ${of.pod} became Running and Ready.` : undefined
}

function isProbed(pod: ObservedObject): boolean {
  const containers = field(pod, 'spec', 'containers')
  const probes = ['readinessProbe', 'startupProbe']
  return Array.isArray(containers) && containers.some((container) => probes.some((probe) => field(container, probe) !== undefined))
}
