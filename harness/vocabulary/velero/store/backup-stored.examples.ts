import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './backup-stored.ts'
import { historyOf, measured } from '../../../engine/history/literal.ts'

const params = { stored: { pod: 'hf-1', label: 'in the end' }, backup: 'hf-1-in-time' }
const holding = (...keys: readonly string[]) =>
  historyOf(measured('stored-objects', 'in the end', { pod: 'hf-1', value: keys.map((key) => ({ key, bytes: 29, sha256: 'a' })) }))

export const backupStored = {
  upholds: [{ title: 'its files', params, history: holding('backups/hf-1-in-time/velero-backup.json') }],
  rejects: [
    { title: 'nothing', params, history: holding() },
    { title: 'those of another Backup', params, history: holding('backups/hf-1-in-time-2/velero-backup.json') },
  ],
  gaps: [{ title: 'never read', params, history: historyOf() }],
} satisfies Examples<typeof checks.backupStored>
