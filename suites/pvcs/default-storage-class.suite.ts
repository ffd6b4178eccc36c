import { expect } from 'vitest'
import {
  conformance,
  createdLater,
  defaultMark,
  directoryVolume,
  laterSecond,
  premise,
  pvc,
  pvcBoundToPv,
  pvcHasClass,
  pvcPresent,
  pvcsBound,
  pvcsIn,
  storageClass,
  storedWith,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/default-storage-class',
    statement:
      'A PVC without storageClassName gets the default StorageClass, even one set later, and the newest of several. A PVC with an empty storageClassName gets none and binds only to a volume without one.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'retroactive-default-storageclass-assignment' },
    requires: ['DynamicProvisioning', 'DefaultStorageClassFree'],
    mutants: ['empty-class-dropped', 'pvcs-declared-classless', 'default-mark-dropped'],
    proves: {
      'pvc.default-class-filled-in': {
        default: ['early-class', 'late-class'],
        empty: ['classless-waits', 'classless-kept', 'classless-bound'],
      },
      'pvc.newest-default-wins': { newest: 'newest' },
    },
    pace: 'slow',
    holds: ['default StorageClass', 'PersistentVolumes without a class'],
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const { name: own } = namespace
    const kind = 'PersistentVolumeClaim'
    const path = ['spec', 'storageClassName']
    // The newest default is neither the first nor the last by name, nor the one marked last.
    const [older, newer, markedLast, manual] = [`${own}-a`, `${own}-b`, `${own}-c`, `${own}-manual`]
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await observe.storageClasses()
    await namespace.apply(storageClass(older, { cluster }))
    await namespace.apply(storageClass(markedLast, { cluster }))
    await namespace.apply(pvc('early', { cluster, size: sizes.small, storageClass: null }))
    await namespace.apply(pvc('classless', { cluster, size: sizes.small, storageClass: '' }))
    await until(pvcs, pvcsIn({ pvcs: ['early', 'classless'], phase: 'Pending' }), { within: limits.pvcBound })
    await expect(history).toUphold(storedWith({ kind, name: 'early', path, value: null }))

    await namespace.patch({ kind: 'StorageClass', name: older }, defaultMark)
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['early'] }), { within: limits.pvcBound })
    await namespace.apply(pvc('late', { cluster, size: sizes.small, storageClass: null }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['late'] }), { within: limits.pvcBound })
    await laterSecond()
    await namespace.apply(storageClass(newer, { cluster, isDefault: true }))
    await namespace.patch({ kind: 'StorageClass', name: markedLast }, defaultMark)
    const third = mark('a third default')
    await namespace.apply(pvc('classless-too', { cluster, size: sizes.small, storageClass: '' }))
    await until(pvcs, pvcPresent({ pvc: 'classless-too' }), { within: limits.pvcBound })
    const classless = pvcsIn({ pvcs: ['classless', 'classless-too'], phase: 'Pending' })
    await expect(pvcs).toStay(classless, { for: limits.staysUnchanged, after: third, as: 'classless-waits' })
    await namespace.apply(pvc('latest', { cluster, size: sizes.small, storageClass: null }))
    await namespace.apply(
      directoryVolume(manual, { storageClass: '', size: sizes.small, reservedFor: { namespace: own, name: 'classless' } }),
    )
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['early', 'late', 'latest', 'classless'] }), { within: limits.pvcBound })

    await expect(history).toUphold(pvcHasClass({ pvc: 'early', storageClass: older }), { as: 'early-class' })
    await expect(history).toUphold(pvcHasClass({ pvc: 'late', storageClass: older }), { as: 'late-class' })
    await premise(history, createdLater({ kind: 'StorageClass', name: newer, than: [older, markedLast] }))
    await expect(history).toUphold(pvcHasClass({ pvc: 'latest', storageClass: newer }), { as: 'newest' })
    await expect(history).toUphold(storedWith({ kind, name: 'classless', path, value: '' }), { as: 'classless-kept' })
    await expect(history).toUphold(storedWith({ kind, name: 'classless-too', path, value: '' }), { as: 'classless-kept' })
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'classless', volume: manual }), { as: 'classless-bound' })
  },
)
