import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './stored-bytes.ts'
import { historyOf, type LiteralEntry, podReady } from '../../../engine/history/literal.ts'

const params = { label: 'snapshots', metadata: { atMost: '64Ki' }, volumeData: { atMost: '0' } }
const moved = { label: 'moved', volumeData: { atLeast: '50Mi' } }
const stored = (
  label: string,
  value: { readonly metadataBytes: number; readonly volumeDataBytes: number; readonly objects: number },
): LiteralEntry => ({
  type: 'measurement',
  what: 'stored',
  label,
  subject: { kind: 'BackupStorageLocation', name: 'default' },
  value,
})

export const storedBytes = {
  upholds: [
    {
      title: 'definitions only',
      params,
      history: historyOf(stored('snapshots', { metadataBytes: 17_829, volumeDataBytes: 0, objects: 9 })),
    },
    {
      title: 'all of the data',
      params: moved,
      history: historyOf(stored('moved', { metadataBytes: 17_829, volumeDataBytes: 52_500_000, objects: 19 })),
    },
  ],
  rejects: [
    {
      title: 'data where only definitions belong',
      params,
      history: historyOf(stored('snapshots', { metadataBytes: 17_829, volumeDataBytes: 52_500_000, objects: 19 })),
    },
    { title: 'no data', params: moved, history: historyOf(stored('moved', { metadataBytes: 17_829, volumeDataBytes: 0, objects: 9 })) },
  ],
  gaps: [
    { title: 'never measured', params, history: historyOf(podReady('keeper')) },
    {
      title: 'nothing of the guarantee is there',
      params,
      history: historyOf(stored('snapshots', { metadataBytes: 0, volumeDataBytes: 0, objects: 0 })),
    },
  ],
} satisfies Examples<typeof checks.storedBytes>
