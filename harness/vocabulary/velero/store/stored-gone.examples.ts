import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './stored-gone.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'

const params = { before: 'kept', after: 'expired' }
const stored = (label: string, objects: number): LiteralEntry => ({
  ...{ type: 'measurement', what: 'stored', label, subject: { kind: 'BackupStorageLocation', name: 'default' } },
  value: { metadataBytes: objects * 1000, volumeDataBytes: 0, objects },
})

export const storedGone = {
  upholds: [{ title: 'all gone', params, history: historyOf(stored('kept', 12), stored('expired', 0)) }],
  rejects: [{ title: 'something is left', params, history: historyOf(stored('kept', 12), stored('expired', 1)) }],
  gaps: [
    { title: 'nothing to begin with', params, history: historyOf(stored('kept', 0), stored('expired', 0)) },
    { title: 'not measured afterwards', params, history: historyOf(stored('kept', 12)) },
    { title: 'never measured', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.storedGone>
