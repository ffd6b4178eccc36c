import { expect } from 'vitest'
import {
  conformance,
  differentVolumes,
  driverFilesGone,
  measureVolumeFiles,
  pvc,
  pvcsBound,
  together,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'recovery/provisioner-crash',
    statement:
      'PVCs that are being provisioned when the CSI provisioner is killed are Bound after it restarts, each to a volume of its own. Deleting them leaves no storage behind.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'provisioning' },
    requires: ['DynamicProvisioning', 'DriverCallLog', 'ComponentControl'],
    mutants: ['delete-leaves-data'],
    proves: { 'pvc.one-to-one': {}, 'pvc.dynamic-provisioning': {}, 'csi.idempotent-recreate': {} },
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, components, observe, history, limits, cluster, sizes } = fixtures
    const pvcs = together(await observe.pvcs(), await observe.pvs())

    await namespace.apply(pvc('one', { cluster, size: sizes.small }))
    await namespace.apply(pvc('two', { cluster, size: sizes.small }))
    await namespace.apply(pvc('three', { cluster, size: sizes.small }))
    await namespace.apply(pvc('four', { cluster, size: sizes.small }))
    await components.crash('csi-provisioner')
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['one', 'two', 'three', 'four'] }), { within: limits.afterCrash })
    await expect(history).toUphold(differentVolumes({ pvcs: ['one', 'two', 'three', 'four'] }))
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'one' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'two' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'three' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'four' })
    await expect(pvcs).toReach(volumeRemoved({ pvc: 'one' }), { within: limits.objectDeleted })
    await expect(pvcs).toReach(volumeRemoved({ pvc: 'two' }), { within: limits.objectDeleted })
    await expect(pvcs).toReach(volumeRemoved({ pvc: 'three' }), { within: limits.objectDeleted })
    await expect(pvcs).toReach(volumeRemoved({ pvc: 'four' }), { within: limits.objectDeleted })

    const files = await measureVolumeFiles('after the PVCs were deleted', fixtures, ['one', 'two', 'three', 'four'])
    await expect(history).toUphold(driverFilesGone(files))
  },
)
