import { expect } from 'vitest'
import {
  conformance,
  phaseChangesDated,
  pod,
  podAbsent,
  podReady,
  pvc,
  treesEqual,
  until,
  volumeDetached,
  volumeIn,
  volumeReleased,
} from '../../harness/index.ts'

conformance(
  {
    id: 'persistent-volumes/retain-keeps-data',
    statement:
      'A PersistentVolume with reclaim policy Retain outlives its PVC. A later PVC for which it is reserved is Bound to it and finds the data.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'retain' },
    requires: ['DynamicProvisioning'],
    mutants: ['deletes-under-retain'],
    proves: {
      'reclaim.retain-keeps-data': {},
      'reclaim.released-not-rebound': {},
      'reclaim.policy-editable-on-pv': {},
      'pvc.reattach-released-pv': {},
      'pvc.pv-last-transition': {},
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const written = volumeIn('writer', { namespace, measure })
    const found = volumeIn('reader', { namespace, measure })
    const pods = await observe.pods()
    await observe.pvcs()
    const pvs = await observe.pvs()
    const attachments = await observe.volumeAttachments()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await written.fill()
    const before = await written.readTree('before the PVC was deleted')
    const volume = await namespace.pvOf('data')
    await namespace.patch(volume, { spec: { persistentVolumeReclaimPolicy: 'Retain' } })
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podAbsent({ pod: 'writer' }), { within: limits.podDeleted })
    await until(attachments, volumeDetached({ pvc: 'data' }), { within: limits.attachmentAnswered })

    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data' })
    await expect(pvs).toReach(volumeReleased({ pvc: 'data' }), { within: limits.objectDeleted })
    await namespace.patch(volume, { spec: { claimRef: { name: 'again', uid: null, resourceVersion: null } } })
    await namespace.apply(pvc('again', { cluster, size: sizes.small, volume: volume.name }))
    await namespace.apply(pod('reader', { cluster, pvc: 'again' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })

    const after = await found.readTree('under the second PVC')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }))
    await expect(history).toUphold(phaseChangesDated({ pvc: 'data', from: 'Bound', to: 'Released' }))
  },
)
