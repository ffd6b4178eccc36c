import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, ObservedObject } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, latest, observationsOf } from '../../engine/object.ts'

/** How many VolumeSnapshots are to have been taken of a PVC, and how many of them are to be left. */
export interface Rotation {
  /** PersistentVolumeClaim. */
  readonly of: string
  readonly taken: number
  readonly kept: number
  /** Only those with these labels count. */
  readonly labels?: Readonly<Record<string, string>>
  /** Only those whose names begin with this count. */
  readonly prefix?: string
}

/** Of all VolumeSnapshots of a PVC so many are left, the newest ones, each ready to use. */
export const newestSnapshots = defineCheck<Rotation>({
  name: 'newest-snapshots',
  reads: ['VolumeSnapshot'],
  describe: ({ of, taken, kept }) => `of ${taken} VolumeSnapshots of ${of} the newest ${kept} left, ready to use`,
  judge,
})

function judge({ of, taken, kept, labels = {}, prefix = '' }: Rotation, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'VolumeSnapshot').filter(
    ({ object }) =>
      field(object, 'spec', 'source', 'persistentVolumeClaimName') === of &&
      object.metadata.name.startsWith(prefix) &&
      Object.entries(labels).every(([key, value]) => object.metadata.labels?.[key] === value),
  )
  const all = [...new Map(seen.map(({ object }) => [object.metadata.name, object])).values()].sort(byAge)
  if (all.length < taken) return inconclusive(`Only ${all.length} of ${taken} VolumeSnapshots of ${of} were taken.`)
  const left = all.filter(({ metadata }) => isKept(latest(history, 'VolumeSnapshot', metadata.name)))
  const names = (objects: readonly ObservedObject[]) => objects.map(({ metadata }) => metadata.name).join(', ')
  const newest = all.slice(all.length - kept)
  const reason = { expected: names(newest), actual: names(left) || 'none', entries: seen.slice(-1) }
  if (left.length !== kept)
    return violated(`Of the VolumeSnapshots of ${of} ${left.length} are left instead of ${kept}: ${reason.actual}.`, reason)
  if (names(left) !== names(newest))
    return violated(`The VolumeSnapshots of ${of} that are left are not the newest: ${names(left)}.`, reason)
  const unready = left.find((object) => field(object, 'status', 'readyToUse') !== true)
  if (unready !== undefined) return violated(`VolumeSnapshot ${unready.metadata.name} is left and not ready to use.`, reason)
  return { outcome: 'upheld', evaluated: all.length }
}

function isKept(object: ObservedObject | undefined): boolean {
  return object !== undefined && object.metadata.deletionTimestamp === undefined
}

function byAge(one: ObservedObject, other: ObservedObject): number {
  return Date.parse(one.metadata.creationTimestamp ?? '') - Date.parse(other.metadata.creationTimestamp ?? '')
}
