import { expect } from 'vitest'
import {
  conformance,
  directoryVolume,
  oneToOne,
  phasesAre,
  pod,
  pvc,
  pvcBoundToPv,
  pvcPresent,
  pvcsBound,
  pvcsIn,
  pvsNeverBound,
  storageClass,
  storedWith,
  until,
  volumesIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/existing-pv-bound-first',
    statement:
      'A PVC binds to the smallest PersistentVolume of its class that is large enough, and reports its capacity. A new volume is provisioned only if none is left, and not for a PVC with a selector. A PersistentVolume serves one PVC.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'binding' },
    requires: ['DynamicProvisioning'],
    mutants: ['binding-mode-ignored', 'pvcs-ask-for-little', 'pvc-selector-dropped'],
    proves: {
      'pvc.existing-pv-before-provisioning': {
        existing: ['first-bound', 'second-bound'],
        'only-otherwise': ['first-bound', 'second-bound', 'one-each'],
        otherwise: ['third-bound', 'provisioned'],
      },
      'pvc.capacity-at-least-request': { larger: 'first-bound', reported: ['first-bound', 'second-bound'] },
      'pvc.one-to-one': { 'one-pvc': 'one-each', 'one-pv': 'one-each' },
      'pvc.dynamic-provisioning': { 'new-pv': ['provisioned', 'one-each'], bound: 'third-bound' },
      'pvc.selector': { 'not-provisioned': ['provisioned', 'picky-waits'] },
      'pvc.status-phases': { pending: 'phases', bound: 'phases' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
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
    // This one could be served by provisioning alone, as the third is.
    await namespace.apply(pvc('picky', { cluster, size: sizes.small, storageClass: own, selector: { tier: 'gold' } }))
    await namespace.apply(pod('user-of-picky', { cluster, pvc: 'picky' }))
    await until(pvcs, pvcPresent({ pvc: 'picky' }), { within: limits.pvcBound })
    const asked = mark('a volume with a label asked for')
    await namespace.apply(pvc('third', { cluster, size: sizes.small, storageClass: own }))
    await namespace.apply(pod('user-of-third', { cluster, pvc: 'third' }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['third'] }), { within: limits.pvcBound })
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['picky'], phase: 'Pending' }), {
      for: limits.staysUnchanged,
      after: asked,
      as: 'picky-waits',
    })

    const { kind, name: made } = await namespace.pvOf('third')
    const provisionedBy = ['metadata', 'annotations', 'pv.kubernetes.io/provisioned-by']
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'first', volume: `${own}-medium` }), { as: 'first-bound' })
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'second', volume: `${own}-large` }), { as: 'second-bound' })
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'third', volume: made }), { as: 'third-bound' })
    await expect(history).toUphold(storedWith({ kind, name: made, path: provisionedBy, value: cluster.driver }), { as: 'provisioned' })
    await expect(history).toUphold(oneToOne({ pvcs: ['first', 'second', 'third'] }), { as: 'one-each' })
    await expect(history).toUphold(pvsNeverBound({ volumes: [`${own}-small`] }))
    await expect(history).toUphold(phasesAre({ pvc: 'first', phases: ['Pending', 'Bound'] }), { as: 'phases' })
    await expect(history).toUphold(phasesAre({ pvc: 'third', phases: ['Pending', 'Bound'] }), { as: 'phases' })
  },
)
