import { expect } from 'vitest'
import {
  conformance,
  logHoldsExactly,
  nodeToDisrupt,
  pod,
  podDisrupted,
  podEnded,
  podReady,
  pvc,
  storedWith,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/graceful-node-shutdown',
    statement:
      'When the system of a node shuts down and its kubelet has grace periods for that, the containers of a Pod are asked to end and end by themselves before the node is off, and the Pod says that its kubelet terminated it. A Pod that starts when the node is back finds all that was written.',
    level: 'MAY',
    source: { page: 'concepts/cluster-administration/node-shutdown/', section: 'graceful-node-shutdown' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'NodeControl'],
    mutants: ['grace-period-shortened'],
    proves: {
      'failure.graceful-node-shutdown': { ended: ['ended', 'ended-itself', 'acknowledged'], reported: ['ended', 'as-terminated'] },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, sizes } = fixtures
    const node = nodeToDisrupt(cluster)
    const pods = await observe.pods()
    await observe.pvcs()
    // A kubelet that has just started ends only what it knows of: the Pod that it starts itself.
    await nodes.graceAtShutdown(node)
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('first', { cluster, pvc: 'data', node, termination: 'after-a-while' }))
    await until(pods, podReady({ pod: 'first' }), { within: limits.podReady })
    const acknowledged = await volumeIn('first', fixtures).appendRecords('before the shutdown')

    await nodes.shutDown(node)
    await expect(pods).toReach(podEnded({ pod: 'first' }), { within: limits.podDeleted, as: 'ended' })
    await expect(pods).toReach(podDisrupted({ pod: 'first', reason: 'TerminationByKubelet' }), {
      within: limits.podDeleted,
      as: 'as-terminated',
    })
    await nodes.start(node)
    await namespace.apply(pod('second', { cluster, pvc: 'data', node }))
    await until(pods, podReady({ pod: 'second' }), { within: limits.nodeBack })

    const found = await volumeIn('second', fixtures).readRecords('after the node was back')
    const end = ['status', 'containerStatuses', '0', 'state', 'terminated', 'reason']
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'first', path: end, value: 'Completed' }), { as: 'ended-itself' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found }), { as: 'acknowledged' })
  },
)
