import { expect } from 'vitest'
import {
  pvcBoundToPv,
  conformance,
  directoryVolume,
  pvsNeverBound,
  phasesAre,
  pod,
  pvc,
  pvcsBound,
  storageClass,
  storedWith,
  until,
  volumesIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/existing-pv-bound-first',
    statement:
      'A PVC binds to the smallest PersistentVolume of its class that is large enough, and reports its capacity. A new volume is provisioned only if none is left. A PersistentVolume serves one PVC.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'binding' },
    requires: ['DynamicProvisioning'],
    mutants: ['binding-mode-ignored', 'pvcs-ask-for-little'],
    proves: {
      'pvc.static-binding': {},
      'pvc.existing-pv-before-provisioning': {},
      'pvc.capacity-at-least-request': {},
      'pvc.one-to-one': {},
      'pvc.dynamic-provisioning': {},
      'pvc.status-phases': {},
    },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const own = namespace.name
    const volumes = await observe.pvs()
    const pvcs = await observe.pvcs()
    await namespace.apply(storageClass(own, { cluster }))
    await namespace.apply(directoryVolume(`${own}-small`, { storageClass: own, size: sizes.belowSmall }))
    await namespace.apply(directoryVolume(`${own}-medium`, { storageClass: own, size: sizes.medium }))
    await namespace.apply(directoryVolume(`${own}-large`, { storageClass: own, size: sizes.large }))
    const all = [`${own}-small`, `${own}-medium`, `${own}-large`]
    await until(volumes, volumesIn({ volumes: all, phase: 'Available' }), { within: limits.pvcBound })

    await namespace.apply(pvc('first', { cluster, size: sizes.small, storageClass: own }))
    await namespace.apply(pod('user-of-first', { cluster, pvc: 'first' }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['first'] }), { within: limits.pvcBound })
    await namespace.apply(pvc('second', { cluster, size: sizes.small, storageClass: own }))
    await namespace.apply(pod('user-of-second', { cluster, pvc: 'second' }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['second'] }), { within: limits.pvcBound })
    await namespace.apply(pvc('third', { cluster, size: sizes.small, storageClass: own }))
    await namespace.apply(pod('user-of-third', { cluster, pvc: 'third' }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['third'] }), { within: limits.pvcBound })

    const { kind, name: made } = await namespace.pvOf('third')
    const provisionedBy = ['metadata', 'annotations', 'pv.kubernetes.io/provisioned-by']
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'first', volume: `${own}-medium` }))
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'second', volume: `${own}-large` }))
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'third', volume: made }))
    await expect(history).toUphold(storedWith({ kind, name: made, path: provisionedBy, value: cluster.driver }))
    await expect(history).toUphold(pvsNeverBound({ volumes: [`${own}-small`] }))
    await expect(history).toUphold(phasesAre({ pvc: 'first', phases: ['Pending', 'Bound'] }))
    await expect(history).toUphold(phasesAre({ pvc: 'third', phases: ['Pending', 'Bound'] }))
  },
)
