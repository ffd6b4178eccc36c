import { expect } from 'vitest'
import {
  capacityStays,
  conformance,
  keepsItsVolume,
  pod,
  podReady,
  pvc,
  pvcSized,
  requestRefused,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'expansion/no-shrink',
    statement: 'A PVC cannot shrink. A request below its capacity is refused, and the volume does not change.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'recovering-from-failure-when-expanding-volumes' },
    requires: ['DynamicProvisioning', 'VolumeExpansion'],
    mutants: ['shrink-swallowed'],
    proves: {
      'expansion.no-shrink': { refused: 'refused', unchanged: ['request-stays', 'capacity-stays', 'same-volume', 'data-unchanged'] },
    },
    pace: 'quick',
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const volume = volumeIn('writer', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await volume.fill()
    const before = await volume.readTree('before the request')

    await namespace.attempt.patch(
      { kind: 'PersistentVolumeClaim', name: 'data' },
      { spec: { resources: { requests: { storage: sizes.belowSmall } } } },
    )
    const requested = mark('shrinking requested')
    await expect(pvcs).toStay(pvcSized({ pvc: 'data', size: sizes.small }), {
      for: limits.staysUnchanged,
      after: requested,
      as: 'request-stays',
    })

    const after = await volume.readTree('after the request')
    const refusal = { verb: 'patch', kind: 'PersistentVolumeClaim', name: 'data' }
    const fields = ['spec.resources.requests.storage']
    await expect(history).toUphold(requestRefused({ ...refusal, code: 422, fields }), { as: 'refused' })
    await expect(history).toUphold(capacityStays({ pvc: 'data', capacity: sizes.small }), { as: 'capacity-stays' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }), { as: 'same-volume' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'data-unchanged' })
  },
)
