import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import { pvNameOf } from '../../pvc/readings.ts'

/** A Pod that was recreated, and the PVC whose volume it mounts. */
export interface Pinned {
  readonly pod: string
  readonly pvc: string
}

/** A volume can be reached from some nodes only, and every Pod of a name that mounts it runs on the node of the first. */
export const staysOnNode = defineCheck<Pinned>({
  name: 'stays-on-node',
  reads: ['Pod', 'PersistentVolume', 'PersistentVolumeClaim'],
  describe: ({ pod, pvc }) => `the volume of ${pvc} has a node affinity and every Pod ${pod} runs on the same node`,
  judge,
})

function judge({ pod, pvc }: Pinned, history: readonly HistoryEntry[]): Judgement {
  const volume = observationsOf(history, 'PersistentVolume', pvNameOf(history, pvc) ?? '').at(-1)
  if (volume === undefined) return inconclusive(`The PersistentVolume of ${pvc} was never seen.`)
  const scheduled = observationsOf(history, 'Pod', pod).filter(({ object }) => field(object, 'spec', 'nodeName') !== undefined)
  const pods = [...new Map(scheduled.map((entry) => [entry.object.metadata.uid, entry])).values()]
  const nodes = [...new Set(pods.map(({ object }) => String(field(object, 'spec', 'nodeName'))))]
  if (field(volume.object, 'spec', 'nodeAffinity', 'required') === undefined) {
    return violated(`PersistentVolume ${volume.object.metadata.name} of ${pvc} has no node affinity.`, {
      expected: 'a required node affinity',
      actual: 'none',
      entries: [volume],
    })
  }
  if (nodes.length > 1) {
    return violated(`Pod ${pod} ran on ${nodes.join(' and ')} though the volume of ${pvc} can be reached from one node.`, {
      expected: `always on ${nodes[0]}`,
      actual: nodes.join(', then '),
      entries: pods,
    })
  }
  return pods.length > 1 ? { outcome: 'upheld', evaluated: pods.length } : inconclusive(`Pod ${pod} was never recreated.`)
}
