import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './carried-by.ts'
import type { DataMover } from './carried-by.ts'
import { gap, historyOf, seen } from '../../../engine/history/literal.ts'

const params: DataMover = { carrier: 'PodVolumeBackup', of: 'hf-1-taken', volumes: 1 }
const backup = seen('Backup', 'hf-1-taken', { status: { phase: 'Completed' } })
const carried = (phase: string, bytesDone = 0) =>
  seen('PodVolumeBackup', 'hf-1-taken-abcde', { status: { phase, progress: { bytesDone } } })

export const carriedBy = {
  upholds: [{ title: 'completed with data', params, history: historyOf(carried('InProgress'), carried('Completed', 4096), backup) }],
  rejects: [
    { title: 'went another way', params, history: historyOf(backup) },
    { title: 'failed', params, history: historyOf(carried('Failed', 4096), backup) },
    { title: 'carried nothing', params, history: historyOf(carried('Completed'), backup) },
  ],
  gaps: [
    { title: 'the carrier may have gone unseen', params, history: historyOf(gap('PodVolumeBackup'), backup) },
    { title: 'no Backup at all', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.carriedBy>
