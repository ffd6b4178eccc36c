import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './only-backups-stored.ts'
import { historyOf, measured } from '../../../engine/history/literal.ts'

const params = { stored: { pod: 'hf-1', label: 'in the end' }, backups: ['hf-1-kept'] }
const holding = (...keys: readonly string[]) =>
  historyOf(measured('stored-objects', 'in the end', { pod: 'hf-1', value: keys.map((key) => ({ key, bytes: 29, sha256: 'a' })) }))
const kept = 'backups/hf-1-kept/velero-backup.json'

export const onlyBackupsStored = {
  upholds: [
    { title: 'its files', params, history: holding(kept, 'backups/hf-1-kept/hf-1-kept.tar.gz') },
    { title: 'with the log of a Restore', params, history: holding(kept, 'restores/hf-1-back/restore-hf-1-back-logs.gz') },
    { title: 'none, as was asked', params: { ...params, backups: [] }, history: holding() },
  ],
  rejects: [
    { title: 'nothing', params, history: holding() },
    { title: 'another one besides', params, history: holding(kept, 'backups/hf-1-refused/velero-backup.json') },
    { title: 'another one in its place', params, history: holding('backups/hf-1-refused/velero-backup.json') },
  ],
  gaps: [{ title: 'never read', params, history: historyOf() }],
} satisfies Examples<typeof checks.onlyBackupsStored>
