import { expect } from 'vitest'
import {
  callRepeatedAfterKill,
  conformance,
  differentVolumes,
  driverFilesGone,
  driverVolumesAre,
  eventSeen,
  measureDriverCalls,
  measureDriverVolumes,
  measureVolumeFiles,
  oneToOne,
  premise,
  pvc,
  pvcsBound,
  slowClass,
  together,
  until,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'recovery/provisioner-crash',
    statement:
      'PVCs that are being provisioned when the CSI provisioner is killed are Bound after it restarts, each to a volume of its own, and no other volume is made. Deleting them leaves no storage behind.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'provisioning' },
    // A slow driver is still making the volumes when its sidecar is killed.
    requires: ['DynamicProvisioning', 'DriverCallLog', 'DriverFaults', 'ComponentControl'],
    mutants: ['delete-leaves-data'],
    proves: {
      'pvc.one-to-one': { 'one-pvc': ['one-each', 'own-volumes'], 'one-pv': ['one-each', 'one-volume-each'] },
      'pvc.dynamic-provisioning': { 'new-pv': ['one-each', 'one-volume-each'], bound: 'bound' },
      'csi.idempotent-recreate': { 'same-volume': 'one-volume-each' },
    },
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, components, observe, history, limits, cluster, sizes } = fixtures
    const slow = namespace.name
    const pvcs = together(await observe.pvcs(), await observe.pvs())
    const events = await observe.events()
    const before = measureDriverVolumes('before the PVCs were made', fixtures)
    await namespace.apply(slowClass(slow, { cluster }))

    await namespace.apply(pvc('one', { cluster, size: sizes.small, storageClass: slow }))
    await namespace.apply(pvc('two', { cluster, size: sizes.small, storageClass: slow }))
    await namespace.apply(pvc('three', { cluster, size: sizes.small, storageClass: slow }))
    // A class that was just made may be unknown to who asks for volumes of it.
    const provisioning = eventSeen({ kind: 'PersistentVolumeClaim', name: 'one', type: 'Normal', reason: 'Provisioning' })
    await until(events, provisioning, { within: limits.pvcBound })
    await namespace.apply(pvc('four', { cluster, size: sizes.small }))
    // The driver was asked for the last one later and has answered already: it is busy with the first ones.
    await until(pvcs, pvcsBound({ pvcs: ['four'] }), { within: limits.pvcBound })
    await components.killSidecar('csi-provisioner')
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['one', 'two', 'three', 'four'] }), { within: limits.afterCrash, as: 'bound' })
    const calls = await measureDriverCalls('once all were Bound', fixtures, 'one')
    const after = measureDriverVolumes('once all were Bound', fixtures)
    const all = ['one', 'two', 'three', 'four']
    await expect(history).toUphold(differentVolumes({ pvcs: all }), { as: 'own-volumes' })
    await expect(history).toUphold(oneToOne({ pvcs: all }), { as: 'one-each' })
    await expect(history).toUphold(driverVolumesAre({ pvcs: all, before, after }), { as: 'one-volume-each' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'one' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'two' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'three' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'four' })
    await expect(pvcs).toReach(volumeRemoved({ pvc: 'one' }), { within: limits.objectDeleted })
    await expect(pvcs).toReach(volumeRemoved({ pvc: 'two' }), { within: limits.objectDeleted })
    await expect(pvcs).toReach(volumeRemoved({ pvc: 'three' }), { within: limits.objectDeleted })
    await expect(pvcs).toReach(volumeRemoved({ pvc: 'four' }), { within: limits.objectDeleted })

    const files = await measureVolumeFiles('after the PVCs were deleted', fixtures, all)
    await expect(history).toUphold(driverFilesGone(files))
    await premise(history, callRepeatedAfterKill({ calls, method: 'CreateVolume', program: 'csi-provisioner' }))
  },
)
