import { isUnderWay, runsOf } from './runs-of.ts'
import { field, latest, observationsOf } from '../../engine/object.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { jobComplete, jobFailed } from './conditions.ts'

/** The first so many runs of a CronJob by the clock have ended well. */
export const runsComplete = defineCondition<{ readonly cronJob: string; readonly runs: number }>({
  name: 'runs-complete',
  reads: ['Job'],
  describe: ({ cronJob, runs }) => `${runs} runs of CronJob ${cronJob} Complete`,
  holds: ({ cronJob, runs }, history) =>
    runsOf(history, cronJob).filter(({ job }) => jobComplete({ job }).holds(history)).length >= runs &&
    failedRun(history, cronJob) === undefined,
  unreachable({ cronJob }, history) {
    const failed = failedRun(history, cronJob)
    return failed === undefined ? undefined : `Job ${failed} Failed.`
  },
  seen({ cronJob }, history) {
    const states = runsOf(history, cronJob).map(({ job }) => `${job} ${isUnderWay(history, job) ? 'under way' : 'ended'}`)
    return states.join(', ') || `no run of CronJob ${cronJob}`
  },
})

/** So many VolumeSnapshots are left. */
export const volumeSnapshotsLeft = defineCondition<{ readonly volumeSnapshots: number }>({
  name: 'volume-snapshots-left',
  reads: ['VolumeSnapshot'],
  describe: ({ volumeSnapshots }) => `${volumeSnapshots} VolumeSnapshots left`,
  holds: ({ volumeSnapshots }, history) => leftOf(history, 'VolumeSnapshot').length === volumeSnapshots,
  seen: (_, history) => `${leftOf(history, 'VolumeSnapshot').length} VolumeSnapshots`,
})

/** So many VolumeSnapshots are left, each ready to use. */
export const onlyReadyLeft = defineCondition<{ readonly volumeSnapshots: number }>({
  name: 'only-ready-left',
  reads: ['VolumeSnapshot'],
  describe: ({ volumeSnapshots }) => `${volumeSnapshots} VolumeSnapshots left, all ready to use`,
  holds({ volumeSnapshots }, history) {
    const left = leftOf(history, 'VolumeSnapshot')
    return left.length === volumeSnapshots && left.every((name) => isReady(history, name))
  },
  seen(_, history) {
    const left = leftOf(history, 'VolumeSnapshot')
    return `${left.length} VolumeSnapshots, ${left.filter((name) => isReady(history, name)).length} of them ready to use`
  },
})

/** So many VolumeSnapshotContents are left: what the storage system has of snapshots, as Kubernetes knows it. */
export const contentsLeft = defineCondition<{ readonly contents: number }>({
  name: 'contents-left',
  reads: ['VolumeSnapshotContent'],
  describe: ({ contents }) => `${contents} VolumeSnapshotContents left`,
  holds: ({ contents }, history) => leftOf(history, 'VolumeSnapshotContent').length === contents,
  seen: (_, history) => `${leftOf(history, 'VolumeSnapshotContent').length} VolumeSnapshotContents`,
})

function failedRun(history: readonly HistoryEntry[], cronJob: string): string | undefined {
  return runsOf(history, cronJob).find(({ job }) => jobFailed({ job }).holds(history))?.job
}

function isReady(history: readonly HistoryEntry[], volumeSnapshot: string): boolean {
  return field(latest(history, 'VolumeSnapshot', volumeSnapshot), 'status', 'readyToUse') === true
}

function leftOf(history: readonly HistoryEntry[], kind: string): readonly string[] {
  const names = new Set(observationsOf(history, kind).map(({ object }) => object.metadata.name))
  return [...names].filter((name) => latest(history, kind, name) !== undefined)
}
