import { expect } from 'vitest'
import {
  pvcBoundToPv,
  conformance,
  directoryVolume,
  pvsNeverBound,
  phasesAre,
  pvc,
  pvcPresent,
  pvcsBound,
  pvcsIn,
  until,
  volumesIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/nonmatching-pvs-not-bound',
    statement:
      'A PVC does not bind to a PersistentVolume that is too small, has another volume mode, access mode or labels, or is reserved for another PVC. It stays Pending until one matches.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'binding' },
    requires: [],
    mutants: ['pvc-selector-dropped', 'pvcs-for-files', 'pvcs-ask-for-little'],
    proves: {
      'pvc.static-binding': { 'only-those': ['both-wait', 'never-bound'] },
      'pvc.too-small-pv-not-matched': { pending: ['both-wait', 'never-bound'], 'until-larger': 'files-bound' },
      'pvc.volume-mode-match': { 'filesystem-pvc': ['both-wait', 'never-bound'], 'block-pvc': ['both-wait', 'never-bound'] },
      'pvc.selector': { labelled: ['both-wait', 'never-bound', 'files-bound'] },
      'pvc.reserve-with-claimref': { 'no-other': ['both-wait', 'files-bound'], reserved: 'other-bound' },
      'pvc.status-phases': { pending: ['both-wait', 'phases'], bound: 'phases' },
      'class.no-class-no-provisioning': { waits: 'classless-waits', 'by-hand': ['classless-bound', 'classless-by-hand'] },
    },
    holds: ['PersistentVolumes without a class'],
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const { name: own } = namespace
    const gold = { tier: 'gold' }
    const device = `${own}-device`
    const fitting = { storageClass: own, size: sizes.medium, labels: gold } as const
    const volumes = await observe.pvs()
    const pvcs = await observe.pvcs()
    // No StorageClass of these names exists, so nothing is provisioned for them.
    await namespace.apply(directoryVolume(`${own}-small`, { ...fitting, size: sizes.belowSmall }))
    await namespace.apply(directoryVolume(`${own}-block`, { ...fitting, volumeMode: 'Block' }))
    await namespace.apply(directoryVolume(`${own}-shared`, { ...fitting, accessMode: 'ReadOnlyMany' }))
    await namespace.apply(directoryVolume(`${own}-unlabelled`, { storageClass: own, size: sizes.medium }))
    await namespace.apply(directoryVolume(`${own}-reserved`, { ...fitting, reservedFor: { namespace: own, name: 'other' } }))
    await namespace.apply(directoryVolume(`${own}-files`, { storageClass: device, size: sizes.medium }))
    const unfit = ['small', 'block', 'shared', 'unlabelled', 'files'].map((name) => `${own}-${name}`)
    await until(volumes, volumesIn({ volumes: unfit, phase: 'Available' }), { within: limits.pvcBound })

    await namespace.apply(pvc('files', { cluster, size: sizes.small, storageClass: own, selector: gold }))
    await namespace.apply(pvc('device', { cluster, size: sizes.small, storageClass: device, volumeMode: 'Block' }))
    await namespace.apply(pvc('classless', { cluster, size: sizes.small, storageClass: '' }))
    await until(pvcs, pvcPresent({ pvc: 'classless' }), { within: limits.pvcBound })
    await until(pvcs, pvcPresent({ pvc: 'files' }), { within: limits.pvcBound })
    await until(pvcs, pvcPresent({ pvc: 'device' }), { within: limits.pvcBound })
    const created = mark('all three PVCs created')
    const waiting = pvcsIn({ pvcs: ['files', 'device'], phase: 'Pending' })
    await expect(pvcs).toStay(waiting, { for: limits.staysUnchanged, after: created, as: 'both-wait' })
    const classless = pvcsIn({ pvcs: ['classless'], phase: 'Pending' })
    await expect(pvcs).toStay(classless, { for: limits.staysUnchanged, after: created, as: 'classless-waits' })
    await namespace.apply(pvc('other', { cluster, size: sizes.small, storageClass: own, selector: gold }))
    await namespace.apply(directoryVolume(`${own}-fits`, fitting))
    await namespace.apply(directoryVolume(`${own}-raw`, { storageClass: device, size: sizes.medium, volumeMode: 'Block' }))
    const forClassless = { namespace: own, name: 'classless' }
    await namespace.apply(directoryVolume(`${own}-classless`, { storageClass: '', size: sizes.small, reservedFor: forClassless }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['files', 'device', 'other'] }), { within: limits.pvcBound })
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['classless'] }), { within: limits.pvcBound, as: 'classless-bound' })

    await expect(history).toUphold(pvcBoundToPv({ pvc: 'other', volume: `${own}-reserved` }), { as: 'other-bound' })
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'files', volume: `${own}-fits` }), { as: 'files-bound' })
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'device', volume: `${own}-raw` }), { as: 'device-bound' })
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'classless', volume: `${own}-classless` }), { as: 'classless-by-hand' })
    await expect(history).toUphold(pvsNeverBound({ volumes: unfit }), { as: 'never-bound' })
    await expect(history).toUphold(phasesAre({ pvc: 'files', phases: ['Pending', 'Bound'] }), { as: 'phases' })
  },
)
