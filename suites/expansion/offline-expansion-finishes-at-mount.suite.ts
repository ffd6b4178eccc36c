import { expect } from 'vitest'
import {
  conformance,
  expansionFinished,
  fileSystemGrew,
  keepsItsVolume,
  onlyVolumeGrown,
  pod,
  podGone,
  podReady,
  pvc,
  resizePending,
  together,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'expansion/offline-expansion-finishes-at-mount',
    statement:
      'Expanding an unused PVC grows the volume, and its file system at the next mount. Until then the PVC has the old capacity and the condition FileSystemResizePending.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'resizing-a-volume-containing-a-file-system' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'EnforcedCapacity'],
    mutants: ['expansion-books-only'],
    proves: {
      'expansion.fs-resize-pending-is-condition': {
        condition: ['pending', 'only-volume', 'stays-pending', 'finished'],
        'no-phase': 'always-bound',
      },
      'expansion.offline-then-mount': { 'not-before': ['only-volume', 'stays-pending'], 'at-mount': ['mounted', 'finished', 'grown'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const first = volumeIn('first', { namespace, measure })
    const second = volumeIn('second', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = together(await observe.pvcs(), await observe.pvs())
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('first', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'first' }), { within: limits.podReady })
    await first.fill()
    const treeBefore = await first.readTree('before the expansion')
    const sizeBefore = await first.readSize('before the expansion')
    await namespace.delete({ kind: 'Pod', name: 'first' })
    await until(pods, podGone({ pod: 'first' }), { within: limits.podDeleted })

    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data' }, sizes.medium)
    await expect(pvcs).toReach(resizePending({ pvc: 'data' }), { within: limits.pvcExpanded, as: 'pending' })
    await expect(pvcs).toReach(onlyVolumeGrown({ pvc: 'data', to: sizes.medium }), { within: limits.pvcExpanded, as: 'only-volume' })
    const grown = mark('the volume has grown')
    await expect(pvcs).toStay(resizePending({ pvc: 'data' }), { for: limits.staysUnchanged, after: grown, as: 'stays-pending' })
    await namespace.apply(pod('second', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podReady({ pod: 'second' }), { within: limits.podReady, as: 'mounted' })
    await expect(pvcs).toReach(expansionFinished({ pvc: 'data', to: sizes.medium }), { within: limits.pvcExpanded, as: 'finished' })

    const sizeAfter = await second.readSize('after the expansion')
    const treeAfter = await second.readTree('after the expansion')
    await expect(history).toUphold(
      fileSystemGrew({ pvc: 'data', from: sizes.small, to: sizes.medium, before: sizeBefore, after: sizeAfter }),
      { as: 'grown' },
    )
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }), { as: 'always-bound' })
    await expect(history).toUphold(treesEqual({ expected: treeBefore, actual: treeAfter }))
  },
)
