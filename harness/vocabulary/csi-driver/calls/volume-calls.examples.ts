import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './volume-calls.ts'
import { gap, historyOf, type LiteralEntry, podReady, pvcSeen, seen } from '../../../engine/history/literal.ts'

const params = { calls: { pvc: 'data', label: 'in the end' }, pod: 'holder' }
const read = (...calls: readonly object[]): LiteralEntry => ({
  type: 'measurement',
  what: 'driver-calls',
  label: 'in the end',
  subject: { kind: 'PersistentVolumeClaim', name: 'data' },
  value: calls.map((call) => ({ at: '2026-01-01T00:00:05.000Z', code: 'OK', ...call })),
})
const published = (uid: string) => ({
  method: 'NodePublishVolume',
  request: { volume_context: { 'csi.storage.k8s.io/pod.name': 'holder', 'csi.storage.k8s.io/pod.uid': uid } },
})

export const publishedFor = {
  upholds: [{ title: 'told', params, history: historyOf(podReady('holder', 'u'), read(published('u'))) }],
  rejects: [
    { title: 'told of another Pod of the name', params, history: historyOf(podReady('holder', 'u'), read(published('old'))) },
    { title: 'never asked', params, history: historyOf(podReady('holder', 'u'), read()) },
  ],
  gaps: [
    { title: 'never read', params, history: historyOf(podReady('holder', 'u')) },
    { title: 'the Pod was missed', params, history: historyOf(gap('Pod'), read(published('u'))) },
  ],
} satisfies Examples<typeof checks.publishedFor>

const publishedAt = (path: string) => ({ method: 'NodePublishVolume', request: { target_path: `/var/lib/kubelet/pods/${path}/mount` } })
const [holder, data] = [podReady('holder', 'u'), pvcSeen('data')]

export const publishedBelowPod = {
  upholds: [{ title: 'there', params, history: historyOf(holder, data, read(publishedAt('u/volumes/kubernetes.io~csi/pv-of-data'))) }],
  rejects: [
    {
      title: 'below another Pod',
      params,
      history: historyOf(holder, data, read(publishedAt('old/volumes/kubernetes.io~csi/pv-of-data'))),
    },
    {
      title: 'as another volume, too',
      params,
      history: historyOf(
        holder,
        data,
        read(publishedAt('u/volumes/kubernetes.io~csi/pv-of-data'), publishedAt('u/volumes/kubernetes.io~csi/pv-of-other')),
      ),
    },
    { title: 'never', params, history: historyOf(holder, data, read()) },
  ],
  gaps: [
    { title: 'never read', params, history: historyOf(holder, data) },
    { title: 'the PVC was never seen', params, history: historyOf(holder, read(publishedAt('u/volumes/kubernetes.io~csi/pv-of-data'))) },
  ],
} satisfies Examples<typeof checks.publishedBelowPod>

const ended = (finishedAt: string) =>
  seen('Pod', 'holder', { uid: 'u', status: { phase: 'Succeeded', containerStatuses: [{ state: { terminated: { finishedAt } } }] } })
const unpublished = { method: 'NodeUnpublishVolume', request: { target_path: '/var/lib/kubelet/pods/u/volumes/data/mount' } }

export const unpublishedLast = {
  upholds: [{ title: 'afterwards', params, history: historyOf(podReady('holder', 'u'), ended('2026-01-01T00:00:04Z'), read(unpublished)) }],
  rejects: [{ title: 'before', params, history: historyOf(podReady('holder', 'u'), ended('2026-01-01T00:00:09Z'), read(unpublished)) }],
  gaps: [
    { title: 'never taken', params, history: historyOf(podReady('holder', 'u'), ended('2026-01-01T00:00:04Z'), read()) },
    { title: 'the end was not seen', params, history: historyOf(podReady('holder', 'u'), read(unpublished)) },
  ],
} satisfies Examples<typeof checks.unpublishedLast>
