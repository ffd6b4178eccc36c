import { expect } from 'vitest'
import {
  pvcBoundToPv,
  conformance,
  directoryVolume,
  emptied,
  pod,
  podAbsent,
  podReady,
  pvc,
  together,
  treesEqual,
  twoWorkers,
  until,
  volumeEmpty,
  volumeIn,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/host-path-is-node-local',
    statement:
      'A hostPath PersistentVolume is a directory of one node: other nodes do not have its data. Its files stay when PVC and PersistentVolume are deleted, and a new PersistentVolume shows them.',
    level: 'MUST',
    source: { page: 'concepts/storage/volumes/', section: 'hostpath' },
    requires: ['MultipleNodes'],
    mutants: ['volume-not-mounted'],
    proves: {
      'volume.hostpath-not-shared': {},
      'reclaim.static-pv-object-vs-data': { 'files-stay': ['objects-gone', 'files-stay'] },
      'pvc.static-binding': { bound: 'bound-by-hand' },
    },
    podSecurity: { level: 'baseline', why: 'A directory of a node belongs to root, and fsGroup does not change that.' },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [one, other] = twoWorkers(cluster)
    const volume = directoryVolume(`${namespace.name}-files`, { storageClass: namespace.name, size: sizes.small })
    const dataPvc = pvc('data', { cluster, size: sizes.small, storageClass: namespace.name })
    const written = volumeIn('writer', { namespace, measure })
    const seen = volumeIn('visitor', { namespace, measure })
    const found = volumeIn('reader', { namespace, measure })
    const pods = await observe.pods()
    const volumes = together(await observe.pvcs(), await observe.pvs())
    await namespace.apply(volume)
    await namespace.apply(dataPvc)
    await namespace.apply(pod('writer', { cluster, pvc: 'data', node: one }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await written.populate({ files: 8, bytes: '1Mi' })
    const before = await written.readTree('on the first node')
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'data', volume: volume.metadata.name }), { as: 'bound-by-hand' })
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podAbsent({ pod: 'writer' }), { within: limits.podDeleted })

    await namespace.apply(pod('visitor', { cluster, pvc: 'data', node: other }))
    await until(pods, podReady({ pod: 'visitor' }), { within: limits.podReady })
    const elsewhere = await seen.readTree('on the second node')
    await namespace.delete({ kind: 'Pod', name: 'visitor' })
    await until(pods, podAbsent({ pod: 'visitor' }), { within: limits.podDeleted })
    await namespace.delete(dataPvc)
    await namespace.delete(volume)
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data' }), { within: limits.objectDeleted, as: 'objects-gone' })
    await namespace.apply(volume)
    await namespace.apply(dataPvc)
    await namespace.apply(pod('reader', { cluster, pvc: 'data', node: one }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })

    const after = await found.readTree('by other objects on the first node')
    await namespace.exec('reader', emptied('/data'))
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'files-stay' })
    await expect(history).toUphold(volumeEmpty({ found: elsewhere }))
  },
)
