import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './inline-volume-destroyed.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'

const params = { inUse: { pod: 'scratch', label: 'in use' }, after: { pod: 'scratch', label: 'after' } }
const own = { id: 'e-1', volumeId: 'csi-1' }
const neighbour = { id: 'e-2', volumeId: 'csi-2' }
const call = (method: string, code = 'OK') => ({ at: '2026-11-29T06:00:00Z', method, request: { volume_id: 'csi-1' }, code })
const published = call('NodePublishVolume')
const unpublished = call('NodeUnpublishVolume')

interface Read {
  readonly calls?: readonly unknown[]
  readonly known?: readonly unknown[]
  readonly images?: readonly string[]
  readonly uid?: string
}
const read = (label: string, { uid = 'uid-of-scratch', calls = [published], known = [neighbour], images = ['e-2'] }: Read) =>
  ({
    ...{ type: 'measurement', what: 'driver-inline-volumes', label },
    ...{ subject: { kind: 'Pod', name: 'scratch', uid }, value: { calls, known, images } },
  }) as LiteralEntry
const inUse = read('in use', { known: [own, neighbour], images: ['e-1', 'e-2'] })
const gone = { calls: [published, unpublished] }
const unreadable: LiteralEntry = {
  ...{ type: 'measurement', what: 'driver-inline-volumes', label: 'after' },
  ...{ subject: { kind: 'Pod', name: 'scratch', uid: 'uid-of-scratch' }, value: null },
}

export const inlineVolumeDestroyed = {
  upholds: [{ title: 'made, and gone but for that of another Pod', params, history: historyOf(inUse, read('after', gone)) }],
  rejects: [
    { title: 'image left', params, history: historyOf(inUse, read('after', { ...gone, images: ['e-1', 'e-2'] })) },
    { title: 'record left', params, history: historyOf(inUse, read('after', { ...gone, known: [own, neighbour] })) },
    { title: 'never asked to take it away', params, history: historyOf(inUse, read('after', {})) },
    {
      title: 'failed to take it away',
      params,
      history: historyOf(inUse, read('after', { calls: [published, call('NodeUnpublishVolume', 'INTERNAL')] })),
    },
    { title: 'none was made', params, history: historyOf(read('in use', { calls: [] }), read('after', gone)) },
  ],
  gaps: [
    { title: 'read once', params, history: historyOf(inUse) },
    { title: 'not to be read', params, history: historyOf(inUse, unreadable) },
    { title: 'another Pod of the name', params, history: historyOf(inUse, read('after', { ...gone, uid: 'another' })) },
  ],
} satisfies Examples<typeof checks.inlineVolumeDestroyed>
