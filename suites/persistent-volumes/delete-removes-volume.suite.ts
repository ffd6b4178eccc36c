import { expect } from 'vitest'
import {
  attachRefused,
  conformance,
  pod,
  podGone,
  podReady,
  pvc,
  sameVolume,
  together,
  twoWorkers,
  until,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'persistent-volumes/delete-removes-volume',
    statement:
      'With reclaim policy Delete, deleting a PVC removes its PersistentVolume and the storage behind it. The storage cannot be attached again.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'delete' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes', 'VolumeAttachments'],
    mutants: ['delete-leaves-data'],
    proves: {
      'reclaim.delete-removes-backing': { pv: 'removed', storage: 'storage-gone' },
      'reclaim.pv-deleted-first': { 'pvc-first': ['removed', 'storage-gone'] },
    },
    pace: 'quick',
  },
  async ({ namespace, observe, limits, cluster, sizes }) => {
    const [node] = twoWorkers(cluster)
    const pods = await observe.pods()
    const volumes = together(await observe.pvs(), await observe.pvcs())
    const attachments = await observe.volumeAttachments()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data', node }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    const volume = await namespace.read(await namespace.pvOf('data'))
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podGone({ pod: 'writer' }), { within: limits.podDeleted })

    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data' }), { within: limits.objectDeleted, as: 'removed' })
    // A manually created PersistentVolume for the same storage shows whether the storage still exists.
    const again = sameVolume(`${namespace.name}-again`, { of: volume, pvc: { namespace: namespace.name, name: 'again' } })
    await namespace.apply(again)
    await namespace.apply(pvc('again', { cluster, size: sizes.small, volume: again.metadata.name }))
    await namespace.apply(pod('reader', { cluster, pvc: 'again', node }))
    await expect(attachments).toReach(attachRefused({ pvc: 'again', node }), { within: limits.attachmentAnswered, as: 'storage-gone' })
  },
)
