import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, ObservedObject } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, latest, observationsOf } from '../../engine/object.ts'

/** VolumeSnapshots by name: those that are left, and which of these are ready to use. All others that were there are deleted. */
export interface SnapshotsLeft {
  readonly left: readonly string[]
  readonly usable: readonly string[]
}

/** Just these VolumeSnapshots of the namespace are left and not marked for deletion, and just these of them are ready to use. */
export const snapshotsLeft = defineCheck<SnapshotsLeft>({
  name: 'snapshots-left',
  reads: ['VolumeSnapshot'],
  describe: ({ left, usable }) => `of all VolumeSnapshots ${worded(left)} left, and ${worded(usable)} ready to use`,
  judge,
})

function judge({ left, usable }: SnapshotsLeft, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'VolumeSnapshot')
  const names = [...new Set(seen.map(({ object }) => object.metadata.name))].toSorted()
  const missing = left.find((name) => !names.includes(name))
  if (missing !== undefined) return inconclusive(`VolumeSnapshot ${missing} was never seen.`)
  const there = names.map((name) => latest(history, 'VolumeSnapshot', name)).filter(isKept)
  const ready = there.filter((object) => field(object, 'status', 'readyToUse') === true)
  const [leftNow, usableNow] = [there, ready].map((objects) => objects.map(({ metadata }) => metadata.name))
  const expected = `${worded(left)} left, ${worded(usable)} ready to use`
  const actual = `${worded(leftNow)} left, ${worded(usableNow)} ready to use`
  if (actual === expected) return { outcome: 'upheld', evaluated: names.length }
  return violated(`Of the VolumeSnapshots ${names.join(', ')} are ${actual}.`, { expected, actual, entries: seen.slice(-1) })
}

function isKept(object: ObservedObject | undefined): object is ObservedObject {
  return object !== undefined && object.metadata.deletionTimestamp === undefined
}

function worded(names: readonly string[] = []): string {
  return names.toSorted().join(', ') || 'none'
}
