import { expect } from 'vitest'
import {
  callOpenAtDeletion,
  callOpenAtKill,
  conformance,
  driverVolumesAre,
  eventSeen,
  foundVolume,
  makeInHaste,
  measureDriverCalls,
  measureDriverVolumes,
  oneVolumeStray,
  premise,
  pvc,
  pvcAbsent,
  pvcsBound,
  slowClass,
  strayHandle,
  together,
  unboundVolumeRemoved,
  until,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'reclaim/deleted-while-provisioned',
    statement:
      'A PVC that is deleted while its volume is being made, or as soon as it is Bound, leaves no storage. If the provisioner is killed meanwhile, the volume stays until a PersistentVolume made by hand for it is deleted.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'delete' },
    // A slow driver is still making the volume when its PVC is deleted. No other guarantee may make volumes meanwhile.
    requires: ['DynamicProvisioning', 'ImmediateBinding', 'DriverCallLog', 'DriverFaults', 'ComponentControl'],
    mutants: ['delete-leaves-data'],
    proves: {
      'reclaim.deleted-while-provisioned': {
        'under-way': ['made-and-removed', 'none-left'],
        'in-haste': 'none-left-in-haste',
        left: 'one-left',
        'by-hand': ['removed-by-hand', 'none-left-by-hand'],
      },
      'reclaim.static-csi-volume': { unnamed: ['removed-by-hand', 'none-left-by-hand'] },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, components, observe, history, limits, cluster, sizes } = fixtures
    const [slow, size] = [namespace.name, sizes.small]
    const pvcs = await observe.pvcs()
    const volumes = together(pvcs, await observe.pvs())
    const events = await observe.events()
    const before = measureDriverVolumes('before any PVC was made', fixtures)
    await namespace.apply(slowClass(slow, { cluster }))

    const provisioning = (name: string) => eventSeen({ kind: 'PersistentVolumeClaim', name, type: 'Normal', reason: 'Provisioning' })
    await namespace.apply(pvc('one', { cluster, size, storageClass: slow }))
    // A class that was just made may be unknown to who asks for volumes of it.
    await until(events, provisioning('one'), { within: limits.pvcBound })
    await namespace.apply(pvc('kept', { cluster, size }))
    // The driver was asked for this one later and has answered already: it is busy with the first.
    await until(pvcs, pvcsBound({ pvcs: ['kept'] }), { within: limits.pvcBound })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'one' })
    await expect(volumes).toReach(unboundVolumeRemoved({ pvc: 'one' }), { within: limits.objectDeleted, as: 'made-and-removed' })
    const callsOfOne = await measureDriverCalls('once its volume was removed', fixtures, 'one')
    const afterOne = measureDriverVolumes('once the volume of the first was removed', fixtures)
    await expect(history).toUphold(driverVolumesAre({ pvcs: ['kept'], before, after: afterOne }), { as: 'none-left' })

    const inHaste = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p'].map((letter) => `haste-${letter}`)
    const manifests = inHaste.map((name) => pvc(name, { cluster, size }))
    await makeInHaste(manifests, { namespace, pvcs, limits })
    for (const name of inHaste) await expect(volumes).toReach(volumeRemoved({ pvc: name }), { within: limits.namespaceDestroyed })
    await namespace.apply(pvc('later', { cluster, size }))
    await until(pvcs, pvcsBound({ pvcs: ['later'] }), { within: limits.pvcBound })
    const afterHaste = measureDriverVolumes('once those made in haste were removed', fixtures)
    const left = ['kept', 'later']
    await expect(history).toUphold(driverVolumesAre({ pvcs: left, before, after: afterHaste }), { as: 'none-left-in-haste' })
    await premise(history, callOpenAtDeletion({ calls: callsOfOne, method: 'CreateVolume' }))

    await namespace.apply(pvc('two', { cluster, size, storageClass: slow }))
    await until(events, provisioning('two'), { within: limits.pvcBound })
    await namespace.apply(pvc('clock', { cluster, size }))
    await until(pvcs, pvcsBound({ pvcs: ['clock'] }), { within: limits.pvcBound })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'two' })
    await until(pvcs, pvcAbsent({ pvc: 'two' }), { within: limits.objectDeleted })
    await components.killSidecar('csi-provisioner')
    await namespace.apply(pvc('afterwards', { cluster, size, storageClass: slow }))
    await until(volumes, pvcsBound({ pvcs: ['afterwards'] }), { within: limits.afterCrash })
    const callsOfTwo = await measureDriverCalls('once the provisioner was back', fixtures, 'two')
    await premise(history, callOpenAtDeletion({ calls: callsOfTwo, method: 'CreateVolume' }))
    await premise(history, callOpenAtKill({ calls: callsOfTwo, method: 'CreateVolume', program: 'csi-provisioner' }))
    const afterCrash = measureDriverVolumes('once the provisioner was back', fixtures)
    await expect(history).toUphold(oneVolumeStray({ before, after: afterCrash }), { as: 'one-left' })
    const handle = await strayHandle(history, { before, after: afterCrash })
    const of = await namespace.read(await namespace.pvOf('kept'))
    const found = foundVolume(`${namespace.name}-found`, { handle, of, pvc: { namespace: namespace.name, name: 'found' } })
    await namespace.apply(found)
    await namespace.apply(pvc('found', { cluster, size, volume: found.metadata.name }))
    await until(pvcs, pvcsBound({ pvcs: ['found'] }), { within: limits.pvcBound })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'found' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'found' }), { within: limits.objectDeleted, as: 'removed-by-hand' })
    const inTheEnd = measureDriverVolumes('in the end', fixtures)
    const all = ['kept', 'later', 'clock', 'afterwards']
    await expect(history).toUphold(driverVolumesAre({ pvcs: all, before, after: inTheEnd }), { as: 'none-left-by-hand' })
  },
)
