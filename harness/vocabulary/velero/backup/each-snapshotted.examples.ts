import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './each-snapshotted.ts'
import { gap, historyOf, seen } from '../../../engine/history/literal.ts'

const params = { backup: 'hf-1-taken', pvcs: ['one', 'two'] }
const ended = seen('Backup', 'hf-1-taken', { status: { phase: 'Completed', completionTimestamp: '2026-01-01T00:00:00Z' } })
const snapshotOf = (pvc: string, backup = 'hf-1-taken') =>
  seen('VolumeSnapshot', `velero-${pvc}-1`, {
    labels: { 'velero.io/backup-name': backup },
    spec: { source: { persistentVolumeClaimName: pvc } },
  })

export const eachSnapshotted = {
  upholds: [{ title: 'both', params, history: historyOf(snapshotOf('one'), snapshotOf('two'), ended) }],
  rejects: [
    { title: 'one alone', params, history: historyOf(snapshotOf('one'), ended) },
    { title: 'one for another Backup', params, history: historyOf(snapshotOf('one'), snapshotOf('two', 'hf-1-other'), ended) },
  ],
  gaps: [
    { title: 'goes on', params, history: historyOf(snapshotOf('one'), snapshotOf('two')) },
    { title: 'one may have been missed', params, history: historyOf(snapshotOf('one'), ended, gap('VolumeSnapshot')) },
  ],
} satisfies Examples<typeof checks.eachSnapshotted>
