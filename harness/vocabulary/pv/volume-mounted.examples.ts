import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './volume-mounted.ts'
import { historyOf, measured, pvcSeen, pvSeen } from '../../engine/history/literal.ts'

const params = { found: { pod: 'user', label: 'mounted' }, pvc: 'data' }
const bound = [pvcSeen('data'), pvSeen('pv-of-data')]
const read = (value: { readonly root: string; readonly image: string } | null) =>
  measured('mounted-device', 'mounted', { pod: 'user', value })
const image = '/volumes/handle-of-pv-of-data.img'

export const volumeMounted = {
  upholds: [{ title: 'all of it', params, history: historyOf(...bound, read({ root: '/', image })) }],
  rejects: [
    { title: 'a directory of it', params, history: historyOf(...bound, read({ root: '/part', image })) },
    { title: 'another volume', params, history: historyOf(...bound, read({ root: '/', image: '/volumes/other.img' })) },
    { title: 'no image', params, history: historyOf(...bound, read({ root: '/', image: '' })) },
    { title: 'nothing', params, history: historyOf(...bound, read(null)) },
  ],
  gaps: [
    { title: 'never read', params, history: historyOf(...bound) },
    { title: 'the volume was never seen', params, history: historyOf(read({ root: '/', image })) },
  ],
} satisfies Examples<typeof checks.volumeMounted>
