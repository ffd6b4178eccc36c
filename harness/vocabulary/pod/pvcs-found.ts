import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, ObservedObject } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, latest, observationsOf, phaseOf } from '../../engine/object.ts'
import { hasEnded } from './readings.ts'

/** Ways to look for PVCs that are left over, each of which tells one PVC from another by what the API server says of it. */
const searches = {
  /** What `kubectl get pvc | grep -v Bound` leaves: one that is being deleted, too, whose status is Terminating there. */
  'not-bound': (pvc, _history) => phaseOf(pvc) !== 'Bound' || pvc.metadata.deletionTimestamp !== undefined,
  /** Those that are Bound to a PersistentVolume which is not there. */
  'volume-missing': (pvc, history) =>
    phaseOf(pvc) === 'Bound' && latest(history, 'PersistentVolume', String(field(pvc, 'spec', 'volumeName'))) === undefined,
  /** Those to which no Pod refers that has not ended, and which nobody deletes: neither now, nor with an owner that goes. */
  unreferenced: (pvc, history) => !pvcsOfPods(history).has(pvc.metadata.name) && !isGoing(pvc),
} as const satisfies Readonly<Record<string, (pvc: ObservedObject, history: readonly HistoryEntry[]) => boolean>>

/** A way to look for PVCs that are left over, and what it finds of all that are there. */
export interface PvcsFound {
  readonly search: keyof typeof searches
  readonly pvcs: readonly string[]
}

/** A search among the PVCs that are there now finds some, and no other. */
export const pvcsFound = defineCheck<PvcsFound>({
  name: 'pvcs-found',
  reads: ['PersistentVolumeClaim', 'PersistentVolume', 'Pod'],
  describe: ({ search, pvcs }) => `a search for PVCs that are ${search} finds ${pvcs.join(', ') || 'none'}, and no other`,
  judge,
})

function judge({ search, pvcs }: PvcsFound, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'PersistentVolumeClaim')
  const names = [...new Set(seen.map(({ object }) => object.metadata.name))]
  const here = names.map((name) => latest(history, 'PersistentVolumeClaim', name)).filter((pvc) => pvc !== undefined)
  if (here.length === 0) return inconclusive('There was no PersistentVolumeClaim to search among.')
  const found = here.filter((pvc) => searches[search](pvc, history)).map(({ metadata }) => metadata.name)
  const wrong = found.find((name) => !pvcs.includes(name))
  const missed = pvcs.find((name) => !found.includes(name))
  if (wrong === undefined && missed === undefined) return { outcome: 'upheld', evaluated: here.length }
  const summary =
    wrong === undefined
      ? `A search for PersistentVolumeClaims that are ${search} does not find ${missed}.`
      : `A search for PersistentVolumeClaims that are ${search} finds ${wrong}.`
  const last = seen.findLast(({ object }) => object.metadata.name === (wrong ?? missed))
  return violated(summary, {
    expected: pvcs.join(', ') || 'none',
    actual: found.join(', ') || 'none',
    entries: last === undefined ? [] : [last],
  })
}

function isGoing({ metadata: { deletionTimestamp, ownerReferences = [] } }: ObservedObject): boolean {
  return deletionTimestamp !== undefined || ownerReferences.length > 0
}

/** Names of the PVCs to which Pods refer that are there and have not ended. */
function pvcsOfPods(history: readonly HistoryEntry[]): ReadonlySet<string> {
  const names = [...new Set(observationsOf(history, 'Pod').map(({ object }) => object.metadata.name))]
  const pods = names.map((name) => latest(history, 'Pod', name)).filter((pod) => pod !== undefined && !hasEnded(pod))
  return new Set(
    pods.flatMap((pod) => {
      const volumes = field(pod, 'spec', 'volumes')
      const pvcs = (Array.isArray(volumes) ? volumes : []).map((volume) => field(volume, 'persistentVolumeClaim', 'claimName'))
      return pvcs.filter((name) => typeof name === 'string')
    }),
  )
}
