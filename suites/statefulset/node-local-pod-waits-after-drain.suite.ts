import { expect } from 'vitest'
import {
  conformance,
  nodeToDisrupt,
  podGone,
  podReady,
  podReplaced,
  podUnschedulable,
  selectorOf,
  statefulSet,
  staysOnNode,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/node-local-pod-waits-after-drain',
    statement:
      'A StatefulSet Pod whose volume only one node can reach stays Pending after a drain of that node. Once the node takes Pods again, it runs there with its data.',
    level: 'MUST',
    source: { page: 'concepts/storage/volumes/', section: 'local' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'NodeLocalVolumes', 'NodeScheduling'],
    mutants: ['taints-tolerated'],
    proves: { 'failure.drain-moves-stateful-pods': { pending: ['stays-pending', 'returns', 'same-node', 'same-data'] } },
    pace: 'slow',
    disruptive: true,
  },
  async ({ namespace, nodes, observe, history, limits, cluster, measure, mark, sizes }) => {
    const local = { ...cluster, storageClass: cluster.storageClasses.nodeLocal ?? cluster.storageClass }
    const web = statefulSet('web', { cluster: local, replicas: 1, data: sizes.small, prefersNode: nodeToDisrupt(cluster) })
    const volume = volumeIn('web-0', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    await volume.fill()
    const before = await volume.readTree('before the drain')
    const drained = await nodes.of('web-0')

    await nodes.drain(drained)
    await until(pods, podGone({ pod: 'web-0' }), { within: limits.podDeleted })
    await expect(pods).toReach(podUnschedulable({ pod: 'web-0' }), { within: limits.podReady, as: 'stays-pending' })
    const waits = mark('no node for the Pod')
    await expect(pods).toStay(podUnschedulable({ pod: 'web-0' }), { for: limits.staysUnchanged, after: waits, as: 'stays-pending' })
    await nodes.uncordon(drained)
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady, as: 'returns' })

    const after = await volume.readTree('after the node took Pods again')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-data' })
    await expect(history).toUphold(staysOnNode({ pod: 'web-0', pvc: 'data-web-0' }), { as: 'same-node' })
  },
)
