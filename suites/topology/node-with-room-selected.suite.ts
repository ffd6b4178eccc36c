import { expect } from 'vitest'
import {
  conformance,
  hostNameOf,
  nodeSelected,
  pod,
  podReady,
  podUnschedulable,
  pvc,
  roomOn,
  storageClass,
  twoWorkers,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'topology/node-with-room-selected',
    statement:
      'If only one node has enough free storage for a new volume, the scheduler selects that node, even if the Pod prefers another.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/storage-capacity/', section: 'scheduling' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'NodeLocalVolumes', 'StorageCapacity'],
    mutants: ['pvcs-ask-for-little'],
    proves: { 'topology.storage-capacity': { some: 'selected' } },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const [here, there] = twoWorkers(cluster)
    const size = sizes.beyondAll
    // Of its own: what is said of the room for a class would mislead others that use it.
    const own = namespace.name
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.nodes()
    await namespace.apply(storageClass(own, { cluster, volumeBindingMode: 'WaitForFirstConsumer' }))
    // One that is served shows that the room for the class is known.
    await namespace.apply(pvc('modest', { cluster, size: sizes.small, storageClass: own }))
    await namespace.apply(pod('served', { cluster, pvc: 'modest' }))
    await until(pods, podReady({ pod: 'served' }), { within: limits.podReady })
    await namespace.apply(pvc('immense', { cluster, size, storageClass: own }))
    await namespace.apply(pod('undecided', { cluster, pvc: 'immense', prefersNode: here }))
    await expect(pods).toReach(podUnschedulable({ pod: 'undecided' }), { within: limits.podReady })

    // The storage of no node is so large: somebody else says that it is.
    await namespace.apply(roomOn(hostNameOf(history.entries, there), { storageClass: own, size }))

    await expect(pvcs).toReach(nodeSelected({ pvc: 'immense', node: there }), { within: limits.podReady, as: 'selected' })
  },
)
