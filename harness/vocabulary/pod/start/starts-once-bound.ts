import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf, phaseOf } from '../../../engine/object.ts'

/** A Pod and the PersistentVolumeClaims that it mounts. */
export interface StartOnceBound {
  readonly pod: string
  readonly pvcs: readonly string[]
}

/**
 * A Pod that is there before all of its PersistentVolumeClaims are Bound starts only once they are. See
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding
 */
export const startsOnceBound = defineCheck<StartOnceBound>({
  name: 'starts-once-bound',
  reads: ['Pod', 'PersistentVolumeClaim'],
  describe: ({ pod, pvcs }) => `Pod ${pod} starts only once ${pvcs.join(', ')} are Bound`,
  judge,
})

function judge({ pod, pvcs }: StartOnceBound, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'Pod', pod)
  const started = seen.find(({ object }) => phaseOf(object) === 'Running' || phaseOf(object) === 'Succeeded')
  const [first] = seen
  if (first === undefined || started === undefined) return inconclusive(`Pod ${pod} was never seen to start.`)
  const bindings = pvcs.map((pvc) => ({
    pvc,
    bound: observationsOf(history, 'PersistentVolumeClaim', pvc).find(({ object }) => phaseOf(object) === 'Bound'),
  }))
  const late = bindings.find(({ bound }) => bound === undefined || isBefore(started, bound))
  if (late !== undefined) {
    return violated(`Pod ${pod} started before PersistentVolumeClaim ${late.pvc} was Bound.`, {
      expected: `${late.pvc} Bound, then ${pod} started`,
      actual: `${pod} started, ${late.bound === undefined ? `${late.pvc} never Bound` : `then ${late.pvc} Bound`}`,
      entries: [started, ...(late.bound === undefined ? [] : [late.bound])],
    })
  }
  return bindings.some(({ bound }) => bound !== undefined && isBefore(first, bound))
    ? { outcome: 'upheld', evaluated: bindings.length }
    : inconclusive(`All of ${pvcs.join(', ')} were Bound before Pod ${pod} was there: nothing shows that it waits for them.`, [first.seq])
}

/** Two kinds come by two watches: resourceVersions, which the API server counts for all kinds together, say which came first. */
function isBefore(one: Observation, other: Observation): boolean {
  return BigInt(one.object.metadata.resourceVersion) < BigInt(other.object.metadata.resourceVersion)
}
