import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'

/** What is to wait for a VolumeSnapshot: a PVC restored from it to be Bound, or its source, deleted before, to be gone. */
export interface Waiting {
  readonly volumeSnapshot: string
  readonly pvc: string
  readonly until: 'Bound' | 'gone'
}

/** Something is asked of a PersistentVolumeClaim before a VolumeSnapshot is ready, and happens only once it is. */
export const onlyOnceReady = defineCheck<Waiting>({
  name: 'only-once-ready',
  reads: ['PersistentVolumeClaim', 'VolumeSnapshot'],
  describe: ({ volumeSnapshot, pvc, until }) =>
    `PersistentVolumeClaim ${pvc} is ${until} only once VolumeSnapshot ${volumeSnapshot} is ready`,
  judge,
})

function judge({ volumeSnapshot, pvc, until }: Waiting, history: readonly HistoryEntry[]): Judgement {
  const pvcs = observationsOf(history, 'PersistentVolumeClaim', pvc)
  const asked = pvcs.find(({ object }) => until === 'Bound' || object.metadata.deletionTimestamp !== undefined)
  const happened = pvcs.find((pvcEntry) =>
    until === 'Bound' ? field(pvcEntry.object, 'status', 'phase') === 'Bound' : pvcEntry.event === 'DELETED',
  )
  const ready = observationsOf(history, 'VolumeSnapshot', volumeSnapshot).find(
    ({ object }) => field(object, 'status', 'readyToUse') === true,
  )
  if (happened !== undefined && (ready === undefined || isBefore(happened, ready))) {
    return violated(`PersistentVolumeClaim ${pvc} was ${until} before VolumeSnapshot ${volumeSnapshot} was ready.`, {
      expected: `${volumeSnapshot} ready, then ${pvc} ${until}`,
      actual: `${pvc} ${until}, ${ready === undefined ? `${volumeSnapshot} never ready` : `then ${volumeSnapshot} ready`}`,
      entries: [happened, ...(ready === undefined ? [] : [ready])],
    })
  }
  if (ready === undefined) return inconclusive(`VolumeSnapshot ${volumeSnapshot} was never seen ready.`)
  if (happened === undefined) return inconclusive(`PersistentVolumeClaim ${pvc} was never seen ${until}.`)
  return asked !== undefined && isBefore(asked, ready)
    ? { outcome: 'upheld', evaluated: 2 }
    : inconclusive(`VolumeSnapshot ${volumeSnapshot} was ready too soon to show that PersistentVolumeClaim ${pvc} waits for it.`)
}

/** Two kinds come by two watches: resourceVersions, which the API server counts for all kinds together, say which came first. */
function isBefore(one: Observation, other: Observation): boolean {
  return BigInt(one.object.metadata.resourceVersion) < BigInt(other.object.metadata.resourceVersion)
}
