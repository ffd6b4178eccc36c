import { expect } from 'vitest'
import {
  conformance,
  eventSeen,
  neverWarned,
  pod,
  podUnschedulable,
  podReady,
  pvc,
  pvcsBound,
  pvcsIn,
  storageClass,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'diagnosis/pending-pvc-events',
    statement:
      'The Events of a PVC say why it is Pending: no such StorageClass, no PersistentVolume that fits, a volume that the driver cannot make, a provisioner that does not answer. One that waits for its first consumer has no Warning. Once the cause is gone, it is Bound.',
    level: 'MUST',
    source: { page: 'concepts/storage/storage-classes/', section: 'volume-binding-mode' },
    requires: ['DynamicProvisioning', 'ImmediateBinding', 'StorageCapacity'],
    mutants: ['binding-mode-ignored'],
    holds: ['PersistentVolumes without a class'],
    proves: {
      'trouble.pending-missing-class': { pending: 'stays-pending', says: 'missing-class', continues: 'continues' },
      'trouble.describe-pvc-tells-cause': {
        'missing-class': 'missing-class',
        'no-pv': 'no-pv',
        'driver-error': 'driver-error',
        consumer: 'waits-for-consumer',
        provisioner: 'waits-for-provisioner',
      },
      'trouble.pending-can-be-normal': {
        immediate: ['served-at-once', 'stays-pending', 'missing-class', 'driver-error'],
        normal: ['stays-pending', 'waits-for-consumer', 'no-warning', 'served-later'],
      },
      'csi.driver-needed': { waits: ['waits-for-provisioner', 'stays-pending', 'not-scheduled'] },
      'trouble.driver-missing-phase': { unprovisioned: ['stays-pending', 'waits-for-provisioner', 'not-scheduled', 'no-volume'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const { name: own } = namespace
    const kind = 'PersistentVolumeClaim'
    const [atOnce, waits, foreign, absent] = [`${own}-at-once`, `${own}-waits`, `${own}-foreign`, `${own}-absent`]
    const provisioner = 'absent.holdfast.example'
    const immediate = { cluster, volumeBindingMode: 'Immediate' } as const
    const pvcs = await observe.pvcs()
    const pods = await observe.pods()
    const events = await observe.events()
    await observe.pvs()
    await namespace.apply(storageClass(atOnce, immediate))
    await namespace.apply(storageClass(waits, { cluster, volumeBindingMode: 'WaitForFirstConsumer' }))
    await namespace.apply(storageClass(foreign, { cluster, provisioner }))

    await namespace.apply(pvc('unclassed', { cluster, size: sizes.small, storageClass: absent }))
    await namespace.apply(pvc('unmatched', { cluster, size: sizes.small, storageClass: '' }))
    await namespace.apply(pvc('immense', { cluster, size: sizes.beyondAll, storageClass: atOnce }))
    await namespace.apply(pvc('unserved', { cluster, size: sizes.small, storageClass: foreign }))
    await namespace.apply(pvc('waiting', { cluster, size: sizes.small, storageClass: waits }))
    await namespace.apply(pvc('served', { cluster, size: sizes.small, storageClass: atOnce }))
    await namespace.apply(pod('undriven', { cluster, pvc: 'unserved' }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['served'] }), { within: limits.pvcBound, as: 'served-at-once' })
    const warning = { kind, type: 'Warning', reason: 'ProvisioningFailed' } as const
    const normal = { kind, type: 'Normal' } as const
    const notFound = eventSeen({ ...warning, name: 'unclassed', says: `storageclass.storage.k8s.io "${absent}" not found` })
    await expect(events).toReach(notFound, { within: limits.pvcBound, as: 'missing-class' })
    const unmatched = eventSeen({ ...normal, name: 'unmatched', reason: 'FailedBinding', says: 'no persistent volumes available' })
    await expect(events).toReach(unmatched, { within: limits.pvcBound, as: 'no-pv' })
    const refused = eventSeen({ ...warning, name: 'immense', says: 'rpc error: code = ' })
    await expect(events).toReach(refused, { within: limits.pvcBound, as: 'driver-error' })
    const consumer = eventSeen({ ...normal, name: 'waiting', reason: 'WaitForFirstConsumer', says: 'waiting for first consumer' })
    await expect(events).toReach(consumer, { within: limits.pvcBound, as: 'waits-for-consumer' })
    const external = eventSeen({ ...normal, name: 'unserved', reason: 'ExternalProvisioning', says: provisioner })
    await expect(events).toReach(external, { within: limits.pvcBound, as: 'waits-for-provisioner' })
    await until(pods, podUnschedulable({ pod: 'undriven' }), { within: limits.podReady })
    const told = mark('each cause was told')
    const pending = pvcsIn({ pvcs: ['unclassed', 'unmatched', 'immense', 'unserved', 'waiting'], phase: 'Pending' })
    await expect(pvcs).toStay(pending, { for: limits.staysUnchanged, after: told, as: 'stays-pending' })
    const unscheduled = podUnschedulable({ pod: 'undriven' })
    await expect(pods).toStay(unscheduled, { for: limits.staysUnchanged, after: told, as: 'not-scheduled' })
    const volume = eventSeen({ kind: 'Pod', name: 'undriven', type: 'Warning', reason: 'FailedScheduling', says: 'PersistentVolumeClaim' })
    await expect(events).toReach(volume, { within: limits.podReady, as: 'no-volume' })
    await expect(history).toUphold(neverWarned({ kind, name: 'waiting' }), { as: 'no-warning' })

    await namespace.apply(storageClass(absent, immediate))
    await namespace.apply(pod('consumer', { cluster, pvc: 'waiting' }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['unclassed'] }), { within: limits.pvcBound, as: 'continues' })
    await expect(pods).toReach(podReady({ pod: 'consumer' }), { within: limits.podReady, as: 'served-later' })
  },
)
