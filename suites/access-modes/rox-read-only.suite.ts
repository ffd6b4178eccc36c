import { expect } from 'vitest'
import {
  allReady,
  conformance,
  pod,
  podReady,
  premise,
  pvc,
  storedWith,
  treesEqual,
  twoWorkers,
  until,
  volumeIn,
  volumeSnapshot,
  volumeSnapshotReady,
  writesRefused,
} from '../../harness/index.ts'

conformance(
  {
    id: 'access-modes/rox-read-only',
    statement:
      'Pods on several nodes can mount a ReadOnlyMany volume at the same time. They read the same content, and every write is refused.',
    // Kubernetes promises no write protection by access mode: only the driver can enforce it.
    level: 'SHOULD',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'ReadWriteMany', 'VolumeSnapshots'],
    mutants: ['read-only-is-writable'],
    proves: { 'access.rox-many-nodes': { mount: ['mounted', 'on-two-nodes'], read: 'read-by-each' } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [one, other] = twoWorkers(cluster)
    const source = volumeIn('writer', { namespace, measure })
    const first = volumeIn('first', { namespace, measure })
    const second = volumeIn('second', { namespace, measure })
    const pods = await observe.pods()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvcs()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.fill()
    const written = await source.readTree('written')
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })

    await namespace.apply(pvc('shared', { cluster, size: sizes.small, accessMode: 'ReadOnlyMany', fromSnapshot: 'moment' }))
    await namespace.apply(pod('first', { cluster, pvc: 'shared', node: one }))
    await namespace.apply(pod('second', { cluster, pvc: 'shared', node: other }))
    await expect(pods).toReach(allReady({ pods: ['first', 'second'] }), { within: limits.podReady, as: 'mounted' })
    const seenByFirst = await first.readTree('before any attempt')
    const seenBySecond = await second.readTree('before any attempt')
    const triedByFirst = await first.tryToWrite('on one node')
    const triedBySecond = await second.tryToWrite('on the other node')

    const path = ['spec', 'nodeName']
    await premise(
      history,
      storedWith({ kind: 'PersistentVolumeClaim', name: 'shared', path: ['spec', 'accessModes'], value: ['ReadOnlyMany'] }),
    )
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'first', path, value: one }), { as: 'on-two-nodes' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'second', path, value: other }), { as: 'on-two-nodes' })
    await expect(history).toUphold(treesEqual({ expected: written, actual: seenByFirst }), { as: 'read-by-each' })
    await expect(history).toUphold(treesEqual({ expected: written, actual: seenBySecond }), { as: 'read-by-each' })
    await expect(history).toUphold(writesRefused({ attempts: triedByFirst }))
    await expect(history).toUphold(writesRefused({ attempts: triedBySecond }))
  },
)
