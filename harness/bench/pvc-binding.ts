import { field, observationsOf } from '../engine/object.ts'
import { pvcsBound } from '../vocabulary/pvc/conditions.ts'
import type { Fixtures } from '../fixtures/fixtures.ts'
import type { HistoryEntry, ObservedObject } from '../engine/history/history-entry.ts'
import { limits } from '../engine/limits.ts'
import { pvc } from '../vocabulary/pvc/persistent-volume-claim.ts'
import { gone, withBenchFixtures, reach } from './bench-fixtures.ts'
import type { Benchmark } from './figure.ts'
import { seconds, seenAt, sentAt } from './moments.ts'

const kind = 'PersistentVolumeClaim'
const burst = 100
const burstLimit = 300

/** Whether a PersistentVolumeClaim is Bound. */
function isBound(pvcObject: ObservedObject): boolean {
  return field(pvcObject, 'status', 'phase') === 'Bound'
}

/** Name of the PersistentVolume that a PVC is Bound to, or undefined. */
export function pvNameOf(history: readonly HistoryEntry[], pvcObject: string): string | undefined {
  const names = observationsOf(history, kind, pvcObject).map(({ object }) => field(object, 'spec', 'volumeName'))
  return names.find((name) => typeof name === 'string')
}

/** Deletes a PVC and waits until its volume is gone, so that the next round begins where this one did. */
export async function removePvc({ namespace, observe, history }: Fixtures, name: string): Promise<void> {
  const volume = pvNameOf(history.entries, name)
  await namespace.delete({ kind, name })
  await reach(await observe.pvcs(), gone(kind, [name]), limits.objectDeleted)
  if (volume !== undefined) await reach(await observe.pvs(), gone('PersistentVolume', [volume]), limits.objectDeleted)
}

/** From a PersistentVolumeClaim sent to Bound, one at a time. */
export const pvcBound: Benchmark = {
  name: 'pvc-bound',
  title: 'PersistentVolumeClaim created to Bound',
  unit: 's',
  limit: 1,
  judged: 'median',
  needs: 'ImmediateBinding',
  take: async (plan) =>
    withBenchFixtures('pvc-bound', plan, async (fixtures) => {
      const { namespace, observe, history, cluster } = fixtures
      const pvcs = await observe.pvcs()
      await observe.pvs()
      const values: number[] = []
      for (let round = 0; round < plan.rounds; round += 1) {
        const name = `pvc-${round}`
        await namespace.apply(pvc(name, { cluster, size: '1Gi' }))
        await reach(pvcs, pvcsBound({ pvcs: [name] }), limits.pvcBound)
        values.push(seconds(sentAt(history.entries, 'apply', { kind, name }), seenAt(history.entries, { kind, name }, isBound)))
        await removePvc(fixtures, name)
      }
      return { values }
    }),
}

/** Seconds from the first of many PersistentVolumeClaims sent at once to the last one Bound. */
async function allBound({ namespace, observe, history: { entries }, cluster }: Fixtures): Promise<number> {
  const names = Array.from({ length: burst }, (_, ordinal) => `pvc-${ordinal}`)
  const pvcs = await observe.pvcs()
  await Promise.all(names.map(async (name) => namespace.apply(pvc(name, { cluster, size: '1Gi' }))))
  await reach(pvcs, pvcsBound({ pvcs: names }), burstLimit)
  const first = Math.min(...names.map((name) => sentAt(entries, 'apply', { kind, name })))
  return Math.max(...names.map((name) => seconds(first, seenAt(entries, { kind, name }, isBound))))
}

/** From the first of 100 PersistentVolumeClaims sent at once to the last one Bound; a third of the rounds, for each is a hundred. */
export const manyPvcsBound: Benchmark = {
  name: 'pvcs-bound',
  title: `${burst} PersistentVolumeClaims of 1Gi created at once to all Bound`,
  unit: 's',
  limit: 60,
  judged: 'median',
  needs: 'ImmediateBinding',
  async take(plan) {
    const values: number[] = []
    for (let round = 0; round < plan.rounds / 3; round += 1) values.push(await withBenchFixtures(`pvcs-bound-${round}`, plan, allBound))
    return { values }
  },
}
