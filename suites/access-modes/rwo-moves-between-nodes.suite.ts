import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  pod,
  podGone,
  podReady,
  pvc,
  storedWith,
  together,
  treesEqual,
  twoWorkers,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'access-modes/rwo-moves-between-nodes',
    statement:
      'A ReadWriteOnce volume can move between nodes: after the Pod on one node is gone, a Pod on another node mounts the volume with its data.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes'],
    mutants: ['fsync-lies', 'detach-never-happens'],
    proves: { 'pvc.follows-pod-to-other-node': { pvc: 'same-volume', data: ['other-node', 'same-data'] } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [one, other] = twoWorkers(cluster)
    const written = volumeIn('writer', { namespace, measure })
    const moved = volumeIn('reader', { namespace, measure })
    await observe.pvcs()
    const pods = together(await observe.pods(), await observe.volumeAttachments())
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data', node: one }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await written.fill()
    const before = await written.readTree('on the first node')

    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podGone({ pod: 'writer' }), { within: limits.podDeleted })
    await namespace.apply(pod('reader', { cluster, pvc: 'data', node: other }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })

    const after = await moved.readTree('on the second node')
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'reader', path: ['spec', 'nodeName'], value: other }), {
      as: 'other-node',
    })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-data' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }), { as: 'same-volume' })
  },
)
