import { expect } from 'vitest'
import {
  allReady,
  conformance,
  expansionSettled,
  fileSystemGrew,
  pod,
  premise,
  pvc,
  pvcExpanded,
  storedWith,
  treesEqual,
  twoWorkers,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'expansion/shared-volume-on-two-nodes',
    statement:
      'A ReadWriteMany volume that Pods on two nodes use grows for both of them. Afterwards nothing in the status of its PVC tells of an expansion that is under way or has failed.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'resizing-an-in-use-persistentvolumeclaim' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'EnforcedCapacity', 'MultipleNodes', 'ReadWriteMany'],
    mutants: ['expansion-books-only'],
    proves: {
      'expansion.shared-volume-settles': { 'both-nodes': ['grown', 'data-unchanged'], settled: ['settled', 'stays-settled'] },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const [here, there] = twoWorkers(cluster)
    const first = volumeIn('first', { namespace, measure })
    const second = volumeIn('second', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await namespace.apply(pvc('shared', { cluster, size: sizes.small, accessMode: 'ReadWriteMany' }))
    await namespace.apply(pod('first', { cluster, pvc: 'shared', node: here }))
    await namespace.apply(pod('second', { cluster, pvc: 'shared', node: there }))
    await until(pods, allReady({ pods: ['first', 'second'] }), { within: limits.podReady })
    await premise(history, storedWith({ kind: 'Pod', name: 'first', path: ['spec', 'nodeName'], value: here }))
    await premise(history, storedWith({ kind: 'Pod', name: 'second', path: ['spec', 'nodeName'], value: there }))
    await first.fill()
    const tree = await first.readTree('before the expansion')
    const before = await first.readSize('before the expansion')

    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'shared' }, sizes.medium)
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'shared', to: sizes.medium }), { within: limits.pvcExpanded })
    const settled = expansionSettled({ pvc: 'shared', to: sizes.medium })
    await expect(pvcs).toReach(settled, { within: limits.pvcExpanded, as: 'settled' })
    await expect(pvcs).toStay(settled, { for: limits.staysUnchanged, after: mark('expanded'), as: 'stays-settled' })

    const [onHere, onThere] = [await first.readSize('after the expansion'), await second.readSize('after the expansion')]
    const after = await second.readTree('after the expansion')
    const growth = { pvc: 'shared', from: sizes.small, to: sizes.medium, before } as const
    await expect(history).toUphold(fileSystemGrew({ ...growth, after: onHere }), { as: 'grown' })
    await expect(history).toUphold(fileSystemGrew({ ...growth, after: onThere }), { as: 'grown' })
    await expect(history).toUphold(treesEqual({ expected: tree, actual: after }), { as: 'data-unchanged' })
  },
)
