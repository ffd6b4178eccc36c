import { expect } from 'vitest'
import {
  allReady,
  conformance,
  managedVolume,
  pod,
  pvc,
  pvcsBound,
  together,
  treesEqual,
  until,
  volumeDetached,
  volumeIn,
  volumeReleased,
  volumeRemoved,
  volumesIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'reclaim/retain-in-either-order',
    statement:
      'With reclaim policy Retain, the storage outlives its PVC and its PersistentVolume, whichever of them is deleted first. A PersistentVolume made by hand for the same storage finds the data.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'retain' },
    requires: ['DynamicProvisioning'],
    mutants: ['deletes-under-retain'],
    proves: { 'reclaim.pv-deleted-first': { retain: ['kept-while-bound', 'pvc-first', 'both-gone', 'same-data'] } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const at = (name: string) => volumeIn(name, { namespace, measure })
    const retained = { spec: { persistentVolumeReclaimPolicy: 'Retain' } }
    const byHand = async (name: string) => {
      const owner = { namespace: namespace.name, name: `${name}-again` }
      return managedVolume(`${namespace.name}-${name}`, { of: await namespace.read(await namespace.pvOf(name)), pvc: owner })
    }
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const volumes = together(pvcs, await observe.pvs())
    const attachments = await observe.volumeAttachments()
    await namespace.apply(pvc('one', { cluster, size: sizes.small }))
    await namespace.apply(pvc('other', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer-of-one', { cluster, pvc: 'one' }))
    await namespace.apply(pod('writer-of-other', { cluster, pvc: 'other' }))
    await until(pods, allReady({ pods: ['writer-of-one', 'writer-of-other'] }), { within: limits.podReady })
    await at('writer-of-one').fill()
    await at('writer-of-other').fill()
    const one = await at('writer-of-one').readTree('before the PersistentVolume was deleted')
    const other = await at('writer-of-other').readTree('before the PVC was deleted')
    await namespace.delete({ kind: 'Pod', name: 'writer-of-one' })
    await namespace.delete({ kind: 'Pod', name: 'writer-of-other' })
    await until(attachments, volumeDetached({ pvc: 'one' }), { within: limits.attachmentAnswered })
    await until(attachments, volumeDetached({ pvc: 'other' }), { within: limits.attachmentAnswered })
    // Made before anything is deleted, so that the storage is removed with the namespace whatever happens.
    await namespace.apply(await byHand('one'))
    await namespace.apply(await byHand('other'))
    await namespace.apply(pvc('one-again', { cluster, size: sizes.small, volume: `${namespace.name}-one` }))
    await namespace.apply(pvc('other-again', { cluster, size: sizes.small, volume: `${namespace.name}-other` }))
    await until(pvcs, pvcsBound({ pvcs: ['one-again', 'other-again'] }), { within: limits.pvcBound })

    const [volumeOfOne, volumeOfOther] = [await namespace.pvOf('one'), await namespace.pvOf('other')]
    await namespace.patch(volumeOfOne, retained)
    await namespace.patch(volumeOfOther, retained)
    await namespace.delete(volumeOfOne)
    const stillBound = volumesIn({ volumes: [volumeOfOne.name], phase: 'Bound' })
    const deleted = mark('a PersistentVolume deleted that has its PVC')
    await expect(volumes).toStay(stillBound, { for: limits.staysUnchanged, after: deleted, as: 'kept-while-bound' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'one' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'other' })
    await expect(volumes).toReach(volumeReleased({ pvc: 'other' }), { within: limits.objectDeleted, as: 'pvc-first' })
    await namespace.delete(volumeOfOther)
    await expect(volumes).toReach(volumeRemoved({ pvc: 'one' }), { within: limits.objectDeleted, as: 'both-gone' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'other' }), { within: limits.objectDeleted, as: 'both-gone' })

    await namespace.apply(pod('reader-of-one', { cluster, pvc: 'one-again' }))
    await namespace.apply(pod('reader-of-other', { cluster, pvc: 'other-again' }))
    await expect(pods).toReach(allReady({ pods: ['reader-of-one', 'reader-of-other'] }), { within: limits.podReady, as: 'same-data' })
    const oneAfter = await at('reader-of-one').readTree('once both were gone')
    const otherAfter = await at('reader-of-other').readTree('once both were gone')
    await expect(history).toUphold(treesEqual({ expected: one, actual: oneAfter }), { as: 'same-data' })
    await expect(history).toUphold(treesEqual({ expected: other, actual: otherAfter }), { as: 'same-data' })
  },
)
