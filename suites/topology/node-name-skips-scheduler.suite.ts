import { expect } from 'vitest'
import {
  conformance,
  pod,
  podGone,
  podNotStarted,
  podReady,
  podScheduled,
  pvc,
  pvcPending,
  storedWith,
  twoWorkers,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'topology/node-name-skips-scheduler',
    statement:
      'A Pod with spec.nodeName bypasses the scheduler. Its WaitForFirstConsumer PVC stays Pending, and the Pod does not start. A Pod that selects the node by affinity starts there.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/storage-classes/', section: 'volume-binding-mode' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'NodeLocalVolumes'],
    mutants: ['binding-mode-ignored'],
    proves: { 'topology.nodename-bypasses-scheduler': { pending: ['stays-pending', 'no-node-selected', 'served-by-scheduler'] } },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const [node] = twoWorkers(cluster)
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: cluster.storageClasses.waitForFirstConsumer }))

    await namespace.apply(pod('sent', { cluster, pvc: 'data', nodeName: node }))
    await until(pods, podScheduled({ pod: 'sent' }), { within: limits.podReady })
    const sent = mark('sent to a node')
    await expect(pvcs).toStay(pvcPending({ pvc: 'data' }), { for: limits.staysUnchanged, after: sent, as: 'stays-pending' })
    await expect(pods).toStay(podNotStarted({ pod: 'sent' }), { for: limits.staysUnchanged, after: sent })
    const path = ['metadata', 'annotations', 'volume.kubernetes.io/selected-node']
    const unselected = storedWith({ kind: 'PersistentVolumeClaim', name: 'data', path, value: null })
    await expect(history).toUphold(unselected, { as: 'no-node-selected' })
    await namespace.delete({ kind: 'Pod', name: 'sent' })
    await until(pods, podGone({ pod: 'sent' }), { within: limits.podDeleted })

    await namespace.apply(pod('asked', { cluster, pvc: 'data', node }))
    await expect(pods).toReach(podReady({ pod: 'asked' }), { within: limits.podReady, as: 'served-by-scheduler' })
    const selected = storedWith({ kind: 'PersistentVolumeClaim', name: 'data', path, value: node })
    await expect(history).toUphold(selected, { as: 'served-by-scheduler' })
  },
)
