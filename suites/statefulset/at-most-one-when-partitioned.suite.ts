import { expect } from 'vitest'
import {
  conformance,
  evictedSoon,
  nodeNotReady,
  nodeToDisrupt,
  oneNodeAtATime,
  onePodPerName,
  otherWorker,
  podReady,
  podReplaced,
  podTerminating,
  readWrites,
  selectorOf,
  statefulSet,
  together,
  until,
  writerIn,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/at-most-one-when-partitioned',
    statement:
      'While the network of a node is cut off, its StatefulSet Pod writes on, stays Terminating and gets no duplicate, though its volume can be attached elsewhere. Afterwards the Pod is replaced on another node with all that was written.',
    level: 'MUST',
    source: { page: 'tasks/run-application/force-delete-stateful-set-pod/', section: 'statefulset-considerations' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes', 'VolumeAttachments', 'NodeScheduling', 'NodeControl'],
    mutants: ['pod-force-deleted'],
    proves: {
      'failure.partition-keeps-at-most-one': {
        unreachable: ['stays-terminating', 'one-pod'],
        running: ['stays-terminating', 'one-pod', 'writes-on'],
      },
      'failure.statefulset-node-loss-stuck': { attachable: ['stays-terminating', 'one-pod', 'other-node'] },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, mark, sizes } = fixtures
    const cut = nodeToDisrupt(cluster)
    const web = evictedSoon(statefulSet('web', { cluster, replicas: 1, data: sizes.small, prefersNode: cut }))
    const pods = together(await observe.pods(selectorOf(web)), await observe.volumeAttachments())
    const machines = await observe.nodes()
    await observe.pvcs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    const node = await nodes.of('web-0')
    // While the network is cut off, only the container runtime of the node can reach the Pod.
    const inside = writerIn('web-0', { ...fixtures, namespace: nodes.containersOn(node) }, ['/data'])
    await writerIn('web-0', fixtures, ['/data']).start()
    await nodes.cordon(node)

    await nodes.disconnect(node)
    await until(machines, nodeNotReady({ node }), { within: limits.nodeLost })
    await expect(pods).toReach(podTerminating({ pod: 'web-0' }), { within: limits.nodeLost, as: 'marked' })
    const marked = mark('marked for deletion')
    const before = await inside.position('when it was marked for deletion')
    await expect(pods).toStay(podTerminating({ pod: 'web-0' }), { for: limits.staysLost, after: marked, as: 'stays-terminating' })
    const after = await inside.stop('before its node was reconnected')
    await nodes.reconnect(node)
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.nodeBack })

    const found = await readWrites('web-0', fixtures, '/data')
    await expect(history).toUphold(onePodPerName({ pod: 'web-0' }), { as: 'one-pod' })
    await expect(history).toUphold(wroteOn({ before, after, found }), { as: 'writes-on' })
    await expect(history).toUphold(oneNodeAtATime({ pvc: 'data-web-0', nodes: [node, otherWorker(cluster, node)] }), { as: 'other-node' })
  },
)
