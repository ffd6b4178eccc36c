import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './volume-order.ts'
import { attachmentSeen, gap, historyOf, type LiteralEntry, pvcSeen, pvSeen } from '../../../engine/history/literal.ts'

const params = { pvc: 'data' }

function at(resourceVersion: string, entry: LiteralEntry): LiteralEntry {
  if (entry.type !== 'observation') return entry
  return { ...entry, object: { ...entry.object, metadata: { ...entry.object.metadata, resourceVersion } } }
}

const selected = { annotations: { 'volume.kubernetes.io/selected-node': 'one' }, status: { phase: 'Pending' } }
const made = pvSeen('pv-of-data', { event: 'ADDED' })

export const nodeSelectedFirst = {
  upholds: [
    { title: 'a node first', params, history: historyOf(at('1', pvcSeen('data', selected)), at('2', made)) },
    { title: 'a node first, by the later watch', params, history: historyOf(at('2', made), at('1', pvcSeen('data', selected))) },
  ],
  rejects: [
    { title: 'the volume first', params, history: historyOf(at('1', made), at('2', pvcSeen('data', selected))) },
    { title: 'no node at all', params, history: historyOf(at('1', made), at('2', pvcSeen('data'))) },
  ],
  gaps: [
    { title: 'never Bound', params, history: historyOf() },
    { title: 'the volume may have been made unseen', params, history: historyOf(pvcSeen('data', selected), pvSeen('pv-of-data')) },
    { title: 'events were missed', params, history: historyOf(pvcSeen('data', selected), gap('PersistentVolume')) },
  ],
} satisfies Examples<typeof checks.nodeSelectedFirst>

const pending = pvcSeen('data', { status: { phase: 'Pending' } })
const asked = attachmentSeen('a', { node: 'one', attached: false, event: 'ADDED' })

export const boundBeforeAttached = {
  upholds: [{ title: 'Bound first', params, history: historyOf(at('1', pending), at('2', pvcSeen('data')), at('3', asked)) }],
  rejects: [
    { title: 'asked for first', params, history: historyOf(at('1', pending), at('2', asked), at('3', pvcSeen('data'))) },
    { title: 'never Bound', params, history: historyOf(at('1', pending), at('2', asked)) },
  ],
  gaps: [
    { title: 'never attached', params, history: historyOf(pvcSeen('data')) },
    { title: 'may have been attached before', params, history: historyOf(pvcSeen('data'), attachmentSeen('a', { node: 'one' })) },
  ],
} satisfies Examples<typeof checks.boundBeforeAttached>
