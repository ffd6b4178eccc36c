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
      'pvc.too-small-pv-not-matched': { pending: ['both-wait', 'never-bound'], 'until-larger': 'files-bound' },
      'pvc.volume-mode-match': { 'filesystem-pvc': ['both-wait', 'never-bound'], 'block-pvc': ['both-wait', 'never-bound'] },
      'pvc.selector': { labelled: ['both-wait', 'never-bound', 'files-bound'] },
      'pvc.reserve-with-claimref': { 'no-other': ['both-wait', 'files-bound'], reserved: 'other-bound' },
      'pvc.status-phases': { pending: ['both-wait', 'phases'], bound: 'phases' },
      'class.no-class-no-provisioning': {},
    },
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
    await until(pvcs, pvcPresent({ pvc: 'files' }), { within: limits.pvcBound })
    await until(pvcs, pvcPresent({ pvc: 'device' }), { within: limits.pvcBound })
    const created = mark('both PVCs created')
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['files', 'device'], phase: 'Pending' }), {
      for: limits.staysUnchanged,
      after: created,
      as: 'both-wait',
    })
    await namespace.apply(pvc('other', { cluster, size: sizes.small, storageClass: own, selector: gold }))
    await namespace.apply(directoryVolume(`${own}-fits`, fitting))
    await namespace.apply(directoryVolume(`${own}-raw`, { storageClass: device, size: sizes.medium, volumeMode: 'Block' }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['files', 'device', 'other'] }), { within: limits.pvcBound })

    await expect(history).toUphold(pvcBoundToPv({ pvc: 'other', volume: `${own}-reserved` }), { as: 'other-bound' })
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'files', volume: `${own}-fits` }), { as: 'files-bound' })
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'device', volume: `${own}-raw` }), { as: 'device-bound' })
    await expect(history).toUphold(pvsNeverBound({ volumes: unfit }), { as: 'never-bound' })
    await expect(history).toUphold(phasesAre({ pvc: 'files', phases: ['Pending', 'Bound'] }), { as: 'phases' })
  },
)
