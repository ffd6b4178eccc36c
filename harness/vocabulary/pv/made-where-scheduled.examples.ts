import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './made-where-scheduled.ts'
import { gap, historyOf, type LiteralEntry } from '../../engine/history/literal.ts'

const params = { pvc: 'data', pod: 'holder', node: 'one' }

function seenAt(kind: string, resourceVersion: string, { name, annotations = {}, ...fields }: Seen): LiteralEntry {
  const metadata = { name, uid: `uid-of-${name}`, resourceVersion, annotations }
  return { type: 'observation', event: 'MODIFIED', kind, object: { metadata, ...fields } }
}

interface Seen {
  readonly name: string
  readonly annotations?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

const ofPvc = (resourceVersion: string, fields: object) => seenAt('PersistentVolumeClaim', resourceVersion, { name: 'data', ...fields })
const pending = ofPvc('10', { status: { phase: 'Pending' } })
const selected = (node: string) => ofPvc('20', { annotations: { 'volume.kubernetes.io/selected-node': node } })
const bound = ofPvc('40', { spec: { volumeName: 'pv' } })
const volume = (resourceVersion = '30') => seenAt('PersistentVolume', resourceVersion, { name: 'pv' })
const scheduled = (nodeName: string) => seenAt('Pod', '50', { name: 'holder', spec: { nodeName } })

export const madeWhereScheduled = {
  upholds: [
    { title: 'selected, made, scheduled', params, history: historyOf(pending, selected('one'), volume(), bound, scheduled('one')) },
    { title: 'the same by a later watch', params, history: historyOf(pending, volume(), selected('one'), bound, scheduled('one')) },
  ],
  rejects: [
    { title: 'made before', params, history: historyOf(pending, volume('15'), selected('one'), bound, scheduled('one')) },
    { title: 'made and never selected', params, history: historyOf(pending, volume(), bound, scheduled('one')) },
    { title: 'another node selected', params, history: historyOf(pending, selected('other'), volume(), bound, scheduled('one')) },
    { title: 'another node taken', params, history: historyOf(pending, selected('one'), volume(), bound, scheduled('other')) },
  ],
  gaps: [
    { title: 'no volume', params, history: historyOf(pending, selected('one')) },
    { title: 'never scheduled', params, history: historyOf(pending, selected('one'), volume(), bound) },
    {
      title: 'one may be missing',
      params,
      history: historyOf(selected('one'), gap('PersistentVolume'), volume(), bound, scheduled('one')),
    },
  ],
} satisfies Examples<typeof checks.madeWhereScheduled>
