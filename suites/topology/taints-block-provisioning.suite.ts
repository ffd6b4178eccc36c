import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  madeWhereScheduled,
  pod,
  podGone,
  podReady,
  podUnschedulable,
  pvc,
  pvcPending,
  staysOnNode,
  storedWith,
  until,
  workersOf,
} from '../../harness/index.ts'

conformance(
  {
    id: 'topology/taints-block-provisioning',
    statement:
      'A WaitForFirstConsumer volume is provisioned only on a node whose taints its Pod tolerates. A taint on the node of a volume makes later Pods unschedulable until it is removed.',
    level: 'MUST',
    source: { page: 'concepts/storage/storage-classes/', section: 'volume-binding-mode' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'NodeLocalVolumes', 'NodeScheduling'],
    mutants: ['taints-tolerated'],
    proves: {
      'topology.wffc-heeds-taints': {
        'not-tolerated': ['not-scheduled', 'stays-pending', 'no-node-selected'],
        tolerated: 'made-once-scheduled',
      },
      'topology.wffc-waits': { unscheduled: ['not-scheduled', 'stays-pending'] },
    },
    pace: 'slow',
    disruptive: true,
  },
  async ({ namespace, nodes, observe, history, limits, cluster, mark, sizes }) => {
    const workers = workersOf(cluster)
    const [tolerated = ''] = workers
    const storageClass = cluster.storageClasses.nodeLocal
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    for (const node of workers) await nodes.taint(node)

    await namespace.apply(pvc('waiting', { cluster, size: sizes.small, storageClass }))
    await namespace.apply(pod('kept-off', { cluster, pvc: 'waiting' }))
    await expect(pods).toReach(podUnschedulable({ pod: 'kept-off' }), { within: limits.podReady })
    const keptOff = mark('no node takes the Pod')
    await expect(pods).toStay(podUnschedulable({ pod: 'kept-off' }), { for: limits.staysUnchanged, after: keptOff, as: 'not-scheduled' })
    await expect(pvcs).toStay(pvcPending({ pvc: 'waiting' }), { for: limits.staysUnchanged, after: keptOff, as: 'stays-pending' })
    const selected = ['metadata', 'annotations', 'volume.kubernetes.io/selected-node']
    const unselected = storedWith({ kind: 'PersistentVolumeClaim', name: 'waiting', path: selected, value: null })
    await expect(history).toUphold(unselected, { as: 'no-node-selected' })

    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass }))
    await namespace.apply(pod('holder', { cluster, pvc: 'data', tolerates: tolerated }))
    await expect(pods).toReach(podReady({ pod: 'holder' }), { within: limits.podReady })
    const there = madeWhereScheduled({ pvc: 'data', pod: 'holder', node: tolerated })
    await expect(history).toUphold(there, { as: 'made-once-scheduled' })

    await namespace.delete({ kind: 'Pod', name: 'holder' })
    await until(pods, podGone({ pod: 'holder' }), { within: limits.podDeleted })
    await namespace.apply(pod('holder', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podUnschedulable({ pod: 'holder' }), { within: limits.podReady })

    await nodes.untaint(tolerated)
    await expect(pods).toReach(podReady({ pod: 'holder' }), { within: limits.podReady })
    await expect(pods).toReach(podReady({ pod: 'kept-off' }), { within: limits.podReady })
    await expect(history).toUphold(staysOnNode({ pod: 'holder', pvc: 'data' }))
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }))
    await expect(history).toUphold(storedWith({ kind: 'PersistentVolumeClaim', name: 'waiting', path: selected, value: tolerated }))
  },
)
