import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  pod,
  podAbsent,
  podReady,
  premise,
  pvc,
  storedWith,
  together,
  treesEqual,
  twoZones,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'topology/rwo-volume-in-either-zone',
    statement:
      'ReadWriteOnce binds a volume to no zone. On storage that every node can reach, a Pod of another zone gets the volume with its data once the Pod of the first zone is gone.',
    level: 'MAY',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'node-affinity' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes', 'Zones'],
    mutants: ['fsync-lies'],
    proves: { 'topology.rwo-implies-zonal': { 'not-zonal': ['one-writer', 'other-zone', 'same-volume', 'same-data'] } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [here, there] = twoZones(cluster)
    const written = volumeIn('writer', { namespace, measure })
    const moved = volumeIn('reader', { namespace, measure })
    const modes = ['spec', 'accessModes']
    const pods = together(await observe.pods(), await observe.volumeAttachments())
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data', node: here.name }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    const volume = await namespace.pvOf('data')
    await premise(history, storedWith({ ...volume, path: ['spec', 'nodeAffinity'], value: null }))
    await written.fill()
    const before = await written.readTree('in the first zone')

    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podAbsent({ pod: 'writer' }), { within: limits.podDeleted })
    await namespace.apply(pod('reader', { cluster, pvc: 'data', node: there.name }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady, as: 'other-zone' })

    const after = await moved.readTree('in the second zone')
    const onNode = storedWith({ kind: 'Pod', name: 'reader', path: ['spec', 'nodeName'], value: there.name })
    await expect(history).toUphold(storedWith({ ...volume, path: modes, value: ['ReadWriteOnce'] }), { as: 'one-writer' })
    await expect(history).toUphold(onNode, { as: 'other-zone' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }), { as: 'same-volume' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-data' })
  },
)
