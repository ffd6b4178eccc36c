import { expect } from 'vitest'
import { conformance, pvc, pvcPresent, requestAccepted, requestRefused, until, withoutRequest } from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/storage-request-required',
    statement: 'A PVC must request an amount of storage that is greater than zero. The API server refuses one without.',
    level: 'MAY',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'resources' },
    requires: ['DynamicProvisioning'],
    mutants: ['requests-filled-in'],
    proves: {
      'probe.right-storage-requests': { required: ['none-refused', 'some-accepted'], positive: ['zero-refused', 'some-accepted'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const kind = 'PersistentVolumeClaim'
    const pvcs = await observe.pvcs()

    await namespace.attempt.create(withoutRequest(pvc('none', { cluster, size: sizes.small })))
    await namespace.attempt.create(pvc('zero', { cluster, size: '0' }))
    await namespace.attempt.create(pvc('some', { cluster, size: sizes.small }))
    await until(pvcs, pvcPresent({ pvc: 'some' }), { within: limits.pvcBound })

    const refusal = { verb: 'create', kind, code: 422, fields: ['spec.resources[storage]'] } as const
    await expect(history).toUphold(requestRefused({ ...refusal, name: 'none' }), { as: 'none-refused' })
    await expect(history).toUphold(requestRefused({ ...refusal, name: 'zero' }), { as: 'zero-refused' })
    await expect(history).toUphold(requestAccepted({ verb: 'create', kind, name: 'some' }), { as: 'some-accepted' })
  },
)
