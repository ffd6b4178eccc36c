import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './no-snapshot-taken.ts'
import { gap, historyOf, seen } from '../../../engine/history/literal.ts'

const params = { backup: 'hf-1-taken' }
const ended = seen('Backup', 'hf-1-taken', { status: { phase: 'Completed', completionTimestamp: '2026-01-01T00:00:00Z' } })
const snapshotFor = (backup: string) =>
  seen('VolumeSnapshot', 'velero-data-1', {
    labels: { 'velero.io/backup-name': backup },
    spec: { source: { persistentVolumeClaimName: 'data' } },
  })

export const noSnapshotTaken = {
  upholds: [
    { title: 'none', params, history: historyOf(ended) },
    { title: 'one of another Backup', params, history: historyOf(snapshotFor('hf-1-other'), ended) },
    { title: 'one of another PVC', params: { ...params, pvc: 'scratch' }, history: historyOf(snapshotFor('hf-1-taken'), ended) },
  ],
  rejects: [
    { title: 'one', params, history: historyOf(snapshotFor('hf-1-taken'), ended) },
    { title: 'one of the PVC', params: { ...params, pvc: 'data' }, history: historyOf(snapshotFor('hf-1-taken'), ended) },
  ],
  gaps: [
    { title: 'goes on', params, history: historyOf(seen('Backup', 'hf-1-taken', { status: { phase: 'InProgress' } })) },
    { title: 'one may have been missed', params, history: historyOf(ended, gap('VolumeSnapshot')) },
  ],
} satisfies Examples<typeof checks.noSnapshotTaken>
