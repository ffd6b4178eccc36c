import type { Judgement } from '../../engine/judge/check.ts'
import type { CallsName, DriverCall } from '../csi-driver/calls/driver-calls-of.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { Act, HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { measurementOf } from '../../engine/measurement.ts'
import { field, observationsOf } from '../../engine/object.ts'
import { isBeingTaken } from './conditions.ts'

/** A VolumeSnapshot that was being taken when a program was killed, and what the CSI driver was asked for its source. */
export interface TakenAnew {
  readonly volumeSnapshot: string
  readonly calls: CallsName
}

/** A VolumeSnapshot was being taken when a program was killed: somebody had begun, and the storage system had not answered. */
export const underWayWhenKilled = defineCheck<{ readonly volumeSnapshot: string }>({
  name: 'under-way-when-killed',
  reads: ['VolumeSnapshotContent'],
  describe: ({ volumeSnapshot }) => `VolumeSnapshot ${volumeSnapshot} being taken at the time of the kill`,
  judge({ volumeSnapshot }, history) {
    const [asked, done] = [killIn(history, 'requested'), killIn(history, 'accepted')]
    if (asked === undefined || done === undefined) return inconclusive('Nothing was killed.')
    const begun = isBeingTaken(history.slice(0, asked.seq), volumeSnapshot)
    const ended = observationsOf(history.slice(0, done.seq), 'VolumeSnapshotContent').find(
      ({ object }) =>
        field(object, 'spec', 'volumeSnapshotRef', 'name') === volumeSnapshot && field(object, 'status', 'snapshotHandle') !== undefined,
    )
    if (begun && ended === undefined) return { outcome: 'upheld', evaluated: 1 }
    const actual = ended === undefined ? 'not begun' : 'taken already'
    return violated(`VolumeSnapshot ${volumeSnapshot} was ${actual} at the time of the kill.`, {
      ...{ expected: 'being taken', actual },
      entries: [asked, ...(ended === undefined ? [] : [ended])],
    })
  },
})

/** A VolumeSnapshot is ready only once the CSI driver was asked for it after the kill: whoever was killed did not take it. */
export const takenAnew = defineCheck<TakenAnew>({
  name: 'taken-anew',
  reads: ['VolumeSnapshot'],
  describe: ({ volumeSnapshot }) => `VolumeSnapshot ${volumeSnapshot} ready only once it was asked for again after the kill`,
  judge,
})

function judge({ volumeSnapshot, calls }: TakenAnew, history: readonly HistoryEntry[]): Judgement {
  const kill = killIn(history, 'accepted')
  const read = measurementOf(history, { what: 'driver-calls', label: calls.label, subject: calls.pvc })
  const ready = observationsOf(history, 'VolumeSnapshot', volumeSnapshot).find(
    ({ object }) => field(object, 'status', 'readyToUse') === true,
  )
  if (kill === undefined) return inconclusive('Nothing was killed.')
  if (read === undefined) return inconclusive(`The calls of the CSI driver for ${calls.pvc} were never read.`)
  if (ready === undefined) return inconclusive(`VolumeSnapshot ${volumeSnapshot} was never seen ready.`)
  const made = (read.value as readonly DriverCall[]).filter(({ method }) => method === 'CreateSnapshot')
  if (made.length === 0) return inconclusive(`The CSI driver logged no CreateSnapshot of ${calls.pvc}.`, [read.seq])
  const between = made.filter(
    ({ at, code }) => code === 'OK' && Date.parse(at) > Date.parse(kill.at) && Date.parse(at) < Date.parse(ready.at),
  )
  if (between.length > 0) return { outcome: 'upheld', evaluated: between.length }
  return violated(`VolumeSnapshot ${volumeSnapshot} was ready though nobody had asked for it since the kill.`, {
    expected: `CreateSnapshot between ${kill.at} and ${ready.at}`,
    actual: made.map(({ at, code }) => `${at} ${code}`).join(', '),
    entries: [kill, read, ready],
  })
}

function killIn(history: readonly HistoryEntry[], phase: Act['phase']): Act | undefined {
  return history.find((entry): entry is Act => entry.type === 'act' && entry.verb === 'kill' && entry.phase === phase)
}
