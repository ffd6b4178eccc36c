import { expect } from 'vitest'
import { conformance, directoryVolume, phasesAre, pod, podUnschedulable, pvc, pvcsBound, pvcsIn, until } from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/lost-when-pv-deleted',
    statement: 'A Bound PVC whose PersistentVolume is removed becomes Lost and stays Lost. A Pod that uses it is not scheduled.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'phase' },
    requires: [],
    mutants: ['pvc-replaced-by-scratch'],
    proves: { 'pvc.lost-phase': { lost: ['lost', 'phases'], stays: ['stays-lost', 'phases'] } },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const volume = directoryVolume(`${namespace.name}-data`, { storageClass: namespace.name, size: sizes.small })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await namespace.apply(volume)
    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: namespace.name }))
    await until(pvcs, pvcsBound({ pvcs: ['data'] }), { within: limits.pvcBound })

    await namespace.delete(volume)
    // A finalizer protects a volume in use. An administrator in a hurry removes it.
    await namespace.patch(volume, { metadata: { finalizers: null } })
    await expect(pvcs).toReach(pvcsIn({ pvcs: ['data'], phase: 'Lost' }), { within: limits.pvcBound, as: 'lost' })
    const lost = mark('lost')
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['data'], phase: 'Lost' }), { for: limits.staysUnchanged, after: lost, as: 'stays-lost' })
    await namespace.apply(pod('reader', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podUnschedulable({ pod: 'reader' }), { within: limits.podReady })

    await expect(history).toUphold(phasesAre({ pvc: 'data', phases: ['Pending', 'Bound', 'Lost'] }), { as: 'phases' })
  },
)
