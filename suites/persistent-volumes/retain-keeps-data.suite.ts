import { expect } from 'vitest'
import {
  conformance,
  differentVolumes,
  phaseChangesDated,
  phasesAre,
  phaseTimesAre,
  pod,
  podGone,
  podReady,
  pvc,
  pvcBoundToPv,
  together,
  treesEqual,
  until,
  volumeDetached,
  volumeIn,
  volumeReleased,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'persistent-volumes/retain-keeps-data',
    statement:
      'A PersistentVolume with reclaim policy Retain outlives its PVC, and no other PVC gets it by itself. A later PVC for which it is reserved is Bound to it and finds the data.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'retain' },
    requires: ['DynamicProvisioning'],
    mutants: ['deletes-under-retain', 'retain-undone', 'released-freed'],
    proves: {
      'reclaim.retain-keeps-data': { 'pv-left': ['released', 'stays-released'], 'data-left': ['stays-released', 'same-data'] },
      'reclaim.released-not-rebound': { 'not-by-match': ['stays-released', 'another-volume'], 'not-by-name': 'by-name-waits' },
      'reclaim.policy-editable-on-pv': { 'to-retain': ['rival-removed', 'stays-released'], 'to-delete': 'deleted-once-asked' },
      'pvc.reattach-released-pv': { bound: 'reattached', data: 'same-data' },
      'pvc.pv-last-transition': { changes: ['dated', 'times'], 'only-then': 'times', moment: 'times' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const written = volumeIn('writer', { namespace, measure })
    const found = volumeIn('reader', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const pvs = await observe.pvs()
    const volumes = together(pvcs, pvs)
    const attachments = await observe.volumeAttachments()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await written.fill()
    const before = await written.readTree('before the PVC was deleted')
    const volume = await namespace.pvOf('data')
    await namespace.patch(volume, { spec: { persistentVolumeReclaimPolicy: 'Retain' } })
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podGone({ pod: 'writer' }), { within: limits.podDeleted })
    await until(attachments, volumeDetached({ pvc: 'data' }), { within: limits.attachmentAnswered })

    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data' })
    await expect(pvs).toReach(volumeReleased({ pvc: 'data' }), { within: limits.objectDeleted, as: 'released' })
    const released = mark('released')
    // One PVC that the volume would suit, and one that asks for it by name.
    await namespace.apply(pvc('matching', { cluster, size: sizes.small }))
    await namespace.apply(pvc('by-name', { cluster, size: sizes.small, volume: volume.name }))
    await namespace.apply(pod('user', { cluster, pvc: 'matching' }))
    await until(pods, podReady({ pod: 'user' }), { within: limits.podReady })
    await expect(history).toUphold(differentVolumes({ pvcs: ['data', 'matching'] }), { as: 'another-volume' })
    await namespace.patch(await namespace.pvOf('matching'), { spec: { persistentVolumeReclaimPolicy: 'Delete' } })
    await namespace.delete({ kind: 'Pod', name: 'user' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'matching' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'matching' }), { within: limits.objectDeleted, as: 'rival-removed' })
    await expect(pvs).toStay(volumeReleased({ pvc: 'data' }), { for: limits.staysUnchanged, after: released, as: 'stays-released' })
    await expect(history).toUphold(phasesAre({ pvc: 'by-name', phases: ['Pending'] }), { as: 'by-name-waits' })
    await namespace.patch(volume, { spec: { claimRef: { name: 'again', uid: null, resourceVersion: null } } })
    await namespace.apply(pvc('again', { cluster, size: sizes.small, volume: volume.name }))
    await namespace.apply(pod('reader', { cluster, pvc: 'again' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })

    const after = await found.readTree('under the second PVC')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-data' })
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'again', volume: volume.name }), { as: 'reattached' })
    await expect(history).toUphold(phaseChangesDated({ pvc: 'data', from: 'Bound', to: 'Released' }), { as: 'dated' })
    await expect(history).toUphold(phaseTimesAre({ pvc: 'data', next: 'again' }), { as: 'times' })
    await namespace.patch(volume, { spec: { persistentVolumeReclaimPolicy: 'Delete' } })
    await namespace.delete({ kind: 'Pod', name: 'reader' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'again' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'again' }), { within: limits.objectDeleted, as: 'deleted-once-asked' })
  },
)
