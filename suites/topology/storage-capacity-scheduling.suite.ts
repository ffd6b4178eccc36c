import { expect } from 'vitest'
import { conformance, neverStoredWith, pod, podReady, podUnschedulable, pvc, pvcPending } from '../../harness/index.ts'

conformance(
  {
    id: 'topology/storage-capacity-scheduling',
    statement:
      'The scheduler selects no node with less free storage than a new volume requests. If no node has enough, the Pod is unschedulable and its PVC Pending. A Pod that requests less is scheduled.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/storage-capacity/', section: 'scheduling' },
    requires: ['DynamicProvisioning', 'NodeLocalVolumes', 'StorageCapacity'],
    mutants: ['pvcs-ask-for-little'],
    proves: {
      'topology.storage-capacity': { none: ['little-served', 'not-scheduled', 'stays-pending', 'no-node-selected'] },
      'topology.wffc-waits': { unscheduled: ['not-scheduled', 'stays-pending'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const waits = cluster.storageClasses.nodeLocal
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()

    await namespace.apply(pvc('modest', { cluster, size: sizes.small, storageClass: waits }))
    await namespace.apply(pvc('immense', { cluster, size: sizes.beyondAll, storageClass: waits }))
    await namespace.apply(pod('served', { cluster, pvc: 'modest' }))
    await expect(pods).toReach(podReady({ pod: 'served' }), { within: limits.podReady, as: 'little-served' })
    await namespace.apply(pod('unserved', { cluster, pvc: 'immense' }))
    await expect(pods).toReach(podUnschedulable({ pod: 'unserved' }), { within: limits.podReady })
    const refused = mark('no node has room')
    await expect(pods).toStay(podUnschedulable({ pod: 'unserved' }), { for: limits.staysUnchanged, after: refused, as: 'not-scheduled' })
    await expect(pvcs).toStay(pvcPending({ pvc: 'immense' }), { for: limits.staysUnchanged, after: refused, as: 'stays-pending' })

    const path = ['metadata', 'annotations', 'volume.kubernetes.io/selected-node']
    const unselected = neverStoredWith({ kind: 'PersistentVolumeClaim', name: 'immense', path })
    await expect(history).toUphold(unselected, { as: 'no-node-selected' })
  },
)
