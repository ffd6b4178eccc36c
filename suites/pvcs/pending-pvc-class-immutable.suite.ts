import { expect } from 'vitest'
import { conformance, phasesAre, pod, pvc, pvcAbsent, pvcsBound, pvcsIn, requestRefused, storageClass, until } from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/pending-pvc-class-immutable',
    statement:
      'The StorageClass of a Pending PVC cannot be changed. A PVC that waits for a missing class is Bound after the class is created, or after it is recreated with an existing class.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'class-1' },
    requires: ['DynamicProvisioning'],
    mutants: ['class-of-pvc-kept'],
    proves: { 'pvc.spec-immutable': { refused: ['refused', 'stays-pending'], 'class-made': ['bound', 'phases'], 'made-again': 'bound' } },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const missing = namespace.name
    const change = { spec: { storageClassName: cluster.storageClass } }
    const pvcs = await observe.pvcs()
    await namespace.apply(pvc('patient', { cluster, size: sizes.small, storageClass: missing }))
    await namespace.apply(pvc('hasty', { cluster, size: sizes.small, storageClass: missing }))
    await until(pvcs, pvcsIn({ pvcs: ['patient', 'hasty'], phase: 'Pending' }), { within: limits.pvcBound })

    await namespace.attempt.patch({ kind: 'PersistentVolumeClaim', name: 'patient' }, change)
    await namespace.attempt.patch({ kind: 'PersistentVolumeClaim', name: 'hasty' }, change)
    const asked = mark('another class asked for')
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['patient', 'hasty'], phase: 'Pending' }), {
      for: limits.staysUnchanged,
      after: asked,
      as: 'stays-pending',
    })
    const refusal = { verb: 'patch', kind: 'PersistentVolumeClaim', code: 422, fields: ['spec.storageClassName'] } as const
    await expect(history).toUphold(requestRefused({ ...refusal, name: 'patient' }), {
      as: 'refused',
    })
    await expect(history).toUphold(requestRefused({ ...refusal, name: 'hasty' }), {
      as: 'refused',
    })

    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'hasty' })
    await until(pvcs, pvcAbsent({ pvc: 'hasty' }), { within: limits.objectDeleted })
    await namespace.apply(pvc('hasty', { cluster, size: sizes.small }))
    await namespace.apply(pod('user', { cluster, pvc: 'hasty' }))
    await namespace.apply(pod('user-of-patient', { cluster, pvc: 'patient' }))
    await namespace.apply(storageClass(missing, { cluster }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['patient', 'hasty'] }), { within: limits.pvcBound, as: 'bound' })
    await expect(history).toUphold(phasesAre({ pvc: 'patient', phases: ['Pending', 'Bound'] }), { as: 'phases' })
  },
)
