import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  logHoldsExactly,
  nodeToDisrupt,
  pod,
  podReady,
  podRestarted,
  podTerminating,
  pvc,
  runsAfter,
  staysTheSamePod,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/node-reboot',
    statement:
      'After a node is stopped and started, its Pods run again as the same Pods with all files and every acknowledged record on their volumes. A Pod that waited there for the volume of a terminating one starts with that volume and its data.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'ReadWriteOncePod', 'NodeControl'],
    mutants: ['volume-not-mounted'],
    proves: {
      'failure.node-reboot-keeps-data': {
        data: ['same-files', 'acknowledged', 'same-volume'],
        'same-pods': ['comes-back', 'same-pod'],
        waiting: ['successor-starts', 'one-after-the-other', 'successor-finds'],
      },
      'failure.graceful-node-shutdown': { 'not-configured': ['comes-back', 'same-pod'] },
    },
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, sizes } = fixtures
    const node = nodeToDisrupt(cluster)
    const data = volumeIn('holder', fixtures)
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pvc('shared', { cluster, size: sizes.small, accessMode: 'ReadWriteOncePod' }))
    await namespace.apply(pod('holder', { cluster, pvc: 'data', node }))
    await namespace.apply(pod('first', { cluster, pvc: 'shared', node, termination: 'after-a-while' }))
    await until(pods, podReady({ pod: 'holder' }), { within: limits.podReady })
    await until(pods, podReady({ pod: 'first' }), { within: limits.podReady })
    // The scheduler would give a second Pod no node.
    await namespace.apply(pod('second', { cluster, pvc: 'shared', nodeName: node }))
    await data.fill()
    await volumeIn('first', fixtures).fill()
    const acknowledged = await data.appendRecords('before the node was stopped')
    const before = await data.readTree('before the node was stopped')
    const left = await volumeIn('first', fixtures).readTree('before the node was stopped')

    await namespace.delete({ kind: 'Pod', name: 'first' })
    await nodes.stop(node)
    await until(pods, podTerminating({ pod: 'first' }), { within: limits.podDeleted })
    await nodes.start(node)
    await expect(pods).toReach(podRestarted({ pod: 'holder' }), { within: limits.nodeBack, as: 'comes-back' })
    await expect(pods).toReach(podReady({ pod: 'second' }), { within: limits.nodeBack, as: 'successor-starts' })

    const found = await data.readRecords('after the node was started')
    const after = await data.readTree('after the node was started')
    const inherited = await volumeIn('second', fixtures).readTree('after the node was started')
    await expect(history).toUphold(staysTheSamePod({ pod: 'holder', restarts: 'some' }), { as: 'same-pod' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }), { as: 'same-volume' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-files' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found }), { as: 'acknowledged' })
    await expect(history).toUphold(runsAfter({ first: 'first', second: 'second' }), { as: 'one-after-the-other' })
    await expect(history).toUphold(treesEqual({ expected: left, actual: inherited }), { as: 'successor-finds' })
  },
)
