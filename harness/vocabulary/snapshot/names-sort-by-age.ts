import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** VolumeSnapshots of a PersistentVolumeClaim, and how many there are to be. */
export interface NamedByTime {
  /** PersistentVolumeClaim. */
  readonly of: string
  readonly taken: number
}

/** The names of all VolumeSnapshots of a PersistentVolumeClaim, in the order of the alphabet, are in the order of their age. */
export const namesSortByAge = defineCheck<NamedByTime>({
  name: 'names-sort-by-age',
  reads: ['VolumeSnapshot'],
  describe: ({ of, taken }) => `the names of ${taken} VolumeSnapshots of ${of} sort by their age`,
  judge,
})

function judge({ of, taken }: NamedByTime, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'VolumeSnapshot').filter(
    ({ object }) => field(object, 'spec', 'source', 'persistentVolumeClaimName') === of,
  )
  const ages = new Map(seen.map(({ object: { metadata } }) => [metadata.name, Date.parse(metadata.creationTimestamp ?? '')]))
  if (ages.size < taken) return inconclusive(`Only ${ages.size} of ${taken} VolumeSnapshots of ${of} were taken.`)
  const byName = [...ages].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const wrong = byName.find(([, age], place) => place > 0 && !(age > (byName[place - 1]?.[1] ?? Number.NaN)))
  if (wrong === undefined) return { outcome: 'upheld', evaluated: ages.size }
  const byAge = [...ages].toSorted(([, one], [, other]) => one - other)
  return violated(`VolumeSnapshot ${wrong[0]} is not younger than the one that its name sorts after.`, {
    expected: byAge.map(([name]) => name).join(', '),
    actual: byName.map(([name]) => name).join(', '),
    entries: seen.slice(-1),
  })
}
