import { expect } from 'vitest'
import {
  allReady,
  conformance,
  directoryVolume,
  keepsItsVolume,
  madeWhereScheduled,
  pod,
  podGone,
  podReady,
  podUnschedulable,
  pvc,
  pvcsIn,
  staysOnNode,
  storageClass,
  treesEqual,
  twoWorkers,
  pvcPresent,
  until,
  volumeIn,
  volumesIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'topology/node-local-volume-pins-pods',
    statement:
      'A WaitForFirstConsumer volume is provisioned where its first Pod is scheduled. If only that node can reach the volume, every later Pod runs there, with its data.',
    level: 'MUST',
    source: { page: 'concepts/storage/storage-classes/', section: 'volume-binding-mode' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'NodeLocalVolumes'],
    mutants: ['binding-mode-ignored', 'volume-not-mounted'],
    proves: {
      'topology.wffc-waits': { 'no-pod': ['stays-pending', 'made-once-scheduled'], afterwards: 'made-once-scheduled' },
      'topology.wffc-colocates': { 'where-scheduled': 'made-once-scheduled', topology: ['pinned', 'not-elsewhere'] },
      'topology.wffc-heeds-taints': { affinity: 'made-once-scheduled' },
      'topology.pod-goes-to-volume': { placed: 'pinned', 'no-other': 'not-elsewhere' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const [here, there] = twoWorkers(cluster)
    const volume = volumeIn('holder', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const volumes = await observe.pvs()
    const { nodeLocal } = cluster.storageClasses

    // Another class that waits: a volume that fits is there, and no Pod.
    const waits = `${namespace.name}-waits`
    const spare = `${namespace.name}-spare`
    await namespace.apply(storageClass(waits, { cluster, volumeBindingMode: 'WaitForFirstConsumer' }))
    await namespace.apply(directoryVolume(spare, { storageClass: waits, size: sizes.small }))
    await until(volumes, volumesIn({ volumes: [spare], phase: 'Available' }), { within: limits.pvcBound })
    await namespace.apply(pvc('unused', { cluster, size: sizes.small, storageClass: waits }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: nodeLocal }))
    await until(pvcs, pvcPresent({ pvc: 'data' }), { within: limits.pvcBound })
    await until(pvcs, pvcPresent({ pvc: 'unused' }), { within: limits.pvcBound })
    const created = mark('PVCs created')
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['data', 'unused'], phase: 'Pending' }), {
      for: limits.staysUnchanged,
      after: created,
      as: 'stays-pending',
    })
    await namespace.apply(pod('holder', { cluster, pvc: 'data', node: here }))
    await namespace.apply(pvc('other', { cluster, size: sizes.small, storageClass: nodeLocal }))
    await namespace.apply(pod('neighbour', { cluster, pvc: 'other', node: there }))
    await expect(pods).toReach(allReady({ pods: ['holder', 'neighbour'] }), { within: limits.podReady })
    await volume.fill()
    const before = await volume.readTree('in the first Pod')
    await namespace.delete({ kind: 'Pod', name: 'holder' })
    await until(pods, podGone({ pod: 'holder' }), { within: limits.podDeleted })
    await namespace.apply(pod('elsewhere', { cluster, pvc: 'data', node: there }))
    await expect(pods).toReach(podUnschedulable({ pod: 'elsewhere' }), { within: limits.podReady, as: 'not-elsewhere' })
    await namespace.apply(pod('holder', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podReady({ pod: 'holder' }), { within: limits.podReady })

    const after = await volume.readTree('in the second Pod')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }))
    const ofHolder = madeWhereScheduled({ pvc: 'data', pod: 'holder', node: here })
    const ofNeighbour = madeWhereScheduled({ pvc: 'other', pod: 'neighbour', node: there })
    await expect(history).toUphold(ofHolder, { as: 'made-once-scheduled' })
    await expect(history).toUphold(ofNeighbour, { as: 'made-once-scheduled' })
    await expect(history).toUphold(staysOnNode({ pod: 'holder', pvc: 'data' }), { as: 'pinned' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }))
  },
)
