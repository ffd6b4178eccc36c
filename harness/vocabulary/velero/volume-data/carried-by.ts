import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'

/** What carries the data of a volume to or from the object store. */
export type Carrier = 'PodVolumeBackup' | 'DataUpload' | 'PodVolumeRestore' | 'DataDownload'

/** A Backup or Restore, and what is to carry the data of its volumes. */
export interface DataMover {
  readonly carrier: Carrier
  /** Full name of the Backup or Restore, after which Velero names its carriers. */
  readonly of: string
  readonly volumes: number
}

/** What each carrier works for. */
const worksFor = { PodVolumeBackup: 'Backup', DataUpload: 'Backup', PodVolumeRestore: 'Restore', DataDownload: 'Restore' } as const

/** The data of the volumes of a Backup or Restore went the way it was meant to: so many carriers of that kind completed, each with data. */
export const carriedBy = defineCheck<DataMover>({
  name: 'carried-by',
  reads: ({ carrier }) => [carrier, worksFor[carrier]],
  describe: ({ carrier, of, volumes }) => `${volumes} ${carrier} of ${of} completed`,
  judge,
})

function judge({ carrier, of, volumes }: DataMover, history: readonly HistoryEntry[]): Judgement {
  const [end] = observationsOf(history, worksFor[carrier], of).slice(0, 1)
  if (end === undefined) return inconclusive(`${of} was never seen.`)
  const seen = observationsOf(history, carrier).filter(({ object }) => object.metadata.name.startsWith(`${of}-`))
  const completed = Object.values(Object.groupBy(seen, ({ object }) => object.metadata.uid))
    .map((all = []) => all.at(-1))
    .filter((last): last is Observation => last !== undefined)
    .filter(
      ({ object }) => field(object, 'status', 'phase') === 'Completed' && Number(field(object, 'status', 'progress', 'bytesDone')) > 0,
    )
  if (completed.length === volumes) return { outcome: 'upheld', evaluated: completed.length }
  return violated(`${completed.length === 0 ? 'No' : completed.length} ${carrier} of ${of} completed with data, expected ${volumes}.`, {
    expected: `${volumes} ${carrier} completed`,
    actual: `${completed.length} of ${seen.length} observations`,
    entries: [end, ...completed],
  })
}
