import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  logHoldsExactly,
  pod,
  podGone,
  podReady,
  pvc,
  treesEqual,
  until,
  volumeDetached,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'persistent-volumes/fsync-survives-power-loss',
    statement: 'Writes acknowledged by fsync survive a power loss. The next Pod finds every acknowledged record.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'MovableVolumes', 'PowerCut'],
    mutants: ['fsync-lies'],
    proves: {
      'failure.fsynced-survives-power-cut': { acknowledged: ['acknowledged', 'same-volume'], files: ['same-files', 'same-volume'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const volume = volumeIn('holder', { namespace, measure })
    const pods = await observe.pods()
    const attachments = await observe.volumeAttachments()
    await observe.pvcs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('holder', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'holder' }), { within: limits.podReady })
    await volume.fill()
    const acknowledged = await volume.appendRecords('before the cut')
    const before = await volume.readTree('before the cut')

    await namespace.cutPower('data', 'holder')
    await namespace.delete({ kind: 'Pod', name: 'holder' })
    await until(pods, podGone({ pod: 'holder' }), { within: limits.podDeleted })
    // A file system that lost power cannot be mounted again until it is unmounted, as after a restart of the node.
    await until(attachments, volumeDetached({ pvc: 'data' }), { within: limits.attachmentAnswered })
    await namespace.apply(pod('holder', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podReady({ pod: 'holder' }), { within: limits.podReady })

    const found = await volume.readRecords('after the cut')
    const after = await volume.readTree('after the cut')
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found }), { as: 'acknowledged' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-files' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }), { as: 'same-volume' })
  },
)
