import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  pod,
  podAbsent,
  podReady,
  pvc,
  pvcPending,
  pvcPresent,
  staysOnNode,
  treesEqual,
  until,
  volumeIn,
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
    proves: { 'topology.wffc-waits': {}, 'topology.pod-goes-to-volume': {}, 'topology.wffc-colocates': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const volume = volumeIn('holder', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    const { nodeLocal } = cluster.storageClasses

    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: nodeLocal }))
    await until(pvcs, pvcPresent({ pvc: 'data' }), { within: limits.pvcBound })
    const created = mark('PVC created')
    await expect(pvcs).toStay(pvcPending({ pvc: 'data' }), { for: limits.staysUnchanged, after: created })
    await namespace.apply(pod('holder', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podReady({ pod: 'holder' }), { within: limits.podReady })
    await volume.fill()
    const before = await volume.readTree('in the first Pod')
    await namespace.delete({ kind: 'Pod', name: 'holder' })
    await until(pods, podAbsent({ pod: 'holder' }), { within: limits.podDeleted })
    await namespace.apply(pod('holder', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podReady({ pod: 'holder' }), { within: limits.podReady })

    const after = await volume.readTree('in the second Pod')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }))
    await expect(history).toUphold(staysOnNode({ pod: 'holder', pvc: 'data' }))
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }))
  },
)
