import { expect } from 'vitest'
import {
  conformance,
  endedItself,
  keepsItsVolume,
  nodeToDisrupt,
  oneNodeAtATime,
  onePodPerName,
  otherWorker,
  podReady,
  podReplaced,
  selectorOf,
  statefulSet,
  together,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/pod-rescheduled-after-drain',
    statement:
      'A StatefulSet Pod that is evicted by a node drain is recreated on another node with its volume and data. The PVC stays, even if the PVC retention policy is Delete.',
    level: 'MUST',
    source: { page: 'tasks/administer-cluster/safely-drain-node/', section: 'use-kubectl-drain-to-remove-a-node-from-service' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes', 'VolumeAttachments', 'NodeScheduling'],
    mutants: ['fsync-lies'],
    proves: {
      'failure.drain-moves-stateful-pods': {
        gracefully: ['ended-itself', 'one-at-a-time'],
        elsewhere: ['replaced', 'other-node'],
        data: ['same-data', 'same-volume'],
      },
      'statefulset.retention-not-on-pod-loss': { evicted: 'same-volume' },
      'pvc.follows-pod-to-other-node': { pvc: 'same-volume', data: ['other-node', 'same-data'] },
    },
    disruptive: true,
  },
  async ({ namespace, nodes, observe, history, limits, cluster, measure, sizes }) => {
    const persistentVolumeClaimRetentionPolicy = { whenScaled: 'Delete', whenDeleted: 'Delete' }
    const spec = { persistentVolumeClaimRetentionPolicy }
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small, spec, prefersNode: nodeToDisrupt(cluster) })
    const volume = volumeIn('web-0', { namespace, measure })
    await observe.pvcs()
    const pods = together(await observe.pods(selectorOf(web)), await observe.volumeAttachments())
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    await volume.fill()
    const before = await volume.readTree('before the drain')
    const drained = await nodes.of('web-0')

    await nodes.drain(drained)
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.statefulSetReady, as: 'replaced' })

    const after = await volume.readTree('after the drain')
    await expect(history).toUphold(endedItself({ pod: 'web-0' }), { as: 'ended-itself' })
    await expect(history).toUphold(onePodPerName({ pod: 'web-0' }), { as: 'one-at-a-time' })
    await expect(history).toUphold(oneNodeAtATime({ pvc: 'data-web-0', nodes: [drained, otherWorker(cluster, drained)] }), {
      as: 'other-node',
    })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-data' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'same-volume' })
  },
)
