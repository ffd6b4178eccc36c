import { expect } from 'vitest'
import {
  pvcBoundToPv,
  pvcHasClass,
  conformance,
  defaultMark,
  directoryVolume,
  pvc,
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
    proves: { 'pvc.default-class-filled-in': {}, 'pvc.newest-default-wins': {} },
    holds: ['default StorageClass'],
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const { name: own } = namespace
    const kind = 'PersistentVolumeClaim'
    const path = ['spec', 'storageClassName']
    const [older, newer, manual] = [`${own}-older`, `${own}-newer`, `${own}-manual`]
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await observe.storageClasses()
    await namespace.apply(storageClass(older, { cluster }))
    await namespace.apply(pvc('early', { cluster, size: sizes.small, storageClass: null }))
    await namespace.apply(pvc('classless', { cluster, size: sizes.small, storageClass: '' }))
    await until(pvcs, pvcsIn({ pvcs: ['early', 'classless'], phase: 'Pending' }), { within: limits.pvcBound })
    await expect(history).toUphold(storedWith({ kind, name: 'early', path, value: null }))

    await namespace.patch({ kind: 'StorageClass', name: older }, defaultMark)
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['early'] }), { within: limits.pvcBound })
    await namespace.apply(pvc('late', { cluster, size: sizes.small, storageClass: null }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['late'] }), { within: limits.pvcBound })
    await namespace.apply(storageClass(newer, { cluster, isDefault: true }))
    const second = mark('a second default')
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['classless'], phase: 'Pending' }), { for: limits.staysUnchanged, after: second })
    await namespace.apply(pvc('latest', { cluster, size: sizes.small, storageClass: null }))
    await namespace.apply(
      directoryVolume(manual, { storageClass: '', size: sizes.small, reservedFor: { namespace: own, name: 'classless' } }),
    )
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['early', 'late', 'latest', 'classless'] }), { within: limits.pvcBound })

    await expect(history).toUphold(pvcHasClass({ pvc: 'early', storageClass: older }))
    await expect(history).toUphold(pvcHasClass({ pvc: 'late', storageClass: older }))
    await expect(history).toUphold(pvcHasClass({ pvc: 'latest', storageClass: newer }))
    await expect(history).toUphold(storedWith({ kind, name: 'classless', path, value: '' }))
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'classless', volume: manual }))
  },
)
