import { expect } from 'vitest'
import {
  conformance,
  driverAsked,
  driverNotAsked,
  fileSystemSized,
  measureDriverCalls,
  parseQuantity,
  pod,
  podReady,
  pvc,
  pvcExpanded,
  pvcsBound,
  resizePending,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'expansion/manually-edited-pv-capacity',
    statement:
      'A manually increased PersistentVolume capacity is copied to a mounted PVC, and a later request for that size never reaches the driver. For an unmounted PVC, it does.',
    level: 'MAY',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'expanding-persistent-volumes-claims' },
    requires: ['DynamicProvisioning', 'ImmediateBinding', 'VolumeExpansion', 'OnlineExpansion', 'EnforcedCapacity', 'DriverCallLog'],
    mutants: ['growth-enlarged'],
    proves: {
      'expansion.pv-edit-suppresses': {
        mounted: ['copied', 'never-asked', 'not-grown', 'stays-copied'],
        idle: ['idle-grown', 'idle-asked'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const kind = 'PersistentVolumeClaim'
    const edit = { spec: { capacity: { storage: sizes.medium } } }
    const fixtures = { cluster, history, measure }
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('mounted', { cluster, size: sizes.small }))
    await namespace.apply(pvc('idle', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'mounted' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await until(pvcs, pvcsBound({ pvcs: ['idle'] }), { within: limits.pvcBound })

    await namespace.patch(await namespace.pvOf('mounted'), edit)
    await namespace.patch(await namespace.pvOf('idle'), edit)
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'mounted', to: sizes.medium }), { within: limits.pvcExpanded, as: 'copied' })
    await namespace.expand({ kind, name: 'mounted' }, sizes.medium)
    await namespace.expand({ kind, name: 'idle' }, sizes.medium)
    await expect(pvcs).toReach(resizePending({ pvc: 'idle' }), { within: limits.pvcExpanded, as: 'idle-grown' })
    const grown = mark('the other volume has grown')
    await expect(pvcs).toStay(pvcExpanded({ pvc: 'mounted', to: sizes.medium }), {
      for: limits.staysUnchanged,
      after: grown,
      as: 'stays-copied',
    })

    const ofMounted = await measureDriverCalls('in the end', fixtures, 'mounted')
    const ofIdle = await measureDriverCalls('in the end', fixtures, 'idle')
    const found = await volumeIn('writer', { namespace, measure }).readSize('in the end')
    const path = ['capacity_range', 'required_bytes']
    await expect(history).toUphold(driverNotAsked({ calls: ofMounted, method: 'ControllerExpandVolume' }), { as: 'never-asked' })
    await expect(history).toUphold(fileSystemSized({ found, size: sizes.small }), { as: 'not-grown' })
    await expect(history).toUphold(
      driverAsked({ calls: ofIdle, method: 'ControllerExpandVolume', path, value: String(parseQuantity(sizes.medium)) }),
      { as: 'idle-asked' },
    )
  },
)
