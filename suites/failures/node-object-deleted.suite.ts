import { expect } from 'vitest'
import {
  conformance,
  evictedSoon,
  nodeNotReady,
  nodeToDisrupt,
  podGone,
  podReady,
  podReplaced,
  podTerminating,
  podUnschedulable,
  statefulSet,
  staysOnNode,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/node-object-deleted',
    statement:
      'StatefulSet Pods of a dead node stay Terminating until its Node object is deleted, and are then replaced. One whose volume is local to that node stays Pending until the node is back, and finds its data there.',
    level: 'SHOULD',
    source: { page: 'tasks/run-application/force-delete-stateful-set-pod/', section: 'delete-pods' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'NodeLocalVolumes', 'NodeScheduling', 'NodeControl'],
    mutants: ['node-registered-again'],
    proves: {
      'failure.node-object-deletion': { held: 'held', freed: ['freed', 'local-freed'], replaced: 'freed' },
      'failure.node-local-volume-stays': {
        pending: ['local-freed', 'stays-pending'],
        'same-node': 'same-node',
        data: ['returns', 'same-data'],
      },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, mark, sizes } = fixtures
    const node = nodeToDisrupt(cluster)
    const nodeLocal = { ...cluster, storageClass: cluster.storageClasses.nodeLocal ?? cluster.storageClass }
    const volume = volumeIn('local-0', fixtures)
    const pods = await observe.pods()
    const machines = await observe.nodes()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(evictedSoon(statefulSet('free', { cluster, replicas: 1, prefersNode: node })))
    await namespace.apply(evictedSoon(statefulSet('local', { cluster: nodeLocal, replicas: 1, data: sizes.small, prefersNode: node })))
    await until(pods, podReady({ pod: 'free-0' }), { within: limits.podReady })
    await until(pods, podReady({ pod: 'local-0' }), { within: limits.podReady })
    await volume.fill()
    const before = await volume.readTree('before the node was stopped')

    await nodes.stop(node)
    await until(machines, nodeNotReady({ node }), { within: limits.nodeLost })
    await until(pods, podTerminating({ pod: 'free-0' }), { within: limits.nodeLost })
    await until(pods, podTerminating({ pod: 'local-0' }), { within: limits.nodeLost })
    const marked = mark('marked for deletion')
    await expect(pods).toStay(podTerminating({ pod: 'free-0' }), { for: limits.staysLost, after: marked, as: 'held' })
    await expect(pods).toStay(podTerminating({ pod: 'local-0' }), { for: limits.staysLost, after: marked, as: 'held' })
    await nodes.delete(node)
    await expect(pods).toReach(podGone({ pod: 'local-0' }), { within: limits.nodeLost, as: 'local-freed' })
    await expect(pods).toReach(podReplaced({ pod: 'free-0' }), { within: limits.nodeLost, as: 'freed' })
    await expect(pods).toReach(podUnschedulable({ pod: 'local-0' }), { within: limits.podReady, as: 'local-freed' })
    const waits = mark('no node for the Pod')
    await expect(pods).toStay(podUnschedulable({ pod: 'local-0' }), { for: limits.staysLost, after: waits, as: 'stays-pending' })
    await nodes.start(node)
    await expect(pods).toReach(podReplaced({ pod: 'local-0' }), { within: limits.nodeBack, as: 'returns' })

    const after = await volume.readTree('after the node came back')
    await expect(history).toUphold(staysOnNode({ pod: 'local-0', pvc: 'data-local-0' }), { as: 'same-node' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-data' })
  },
)
