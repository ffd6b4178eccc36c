import { expect } from 'vitest'
import {
  allReady,
  capacityStays,
  conformance,
  fileSystemUsed,
  pod,
  premise,
  pvc,
  quotaCounted,
  quotaUsed,
  requestRefused,
  storageQuota,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'cost/requests-not-usage',
    statement:
      'A quota counts what PVCs request, and not what is written to their volumes: empty volumes use it up, and data makes no difference. Volumes are as large as was requested, however little is in them.',
    level: 'SHOULD',
    source: { page: 'concepts/policy/resource-quotas/', section: 'quota-for-storage' },
    requires: ['DynamicProvisioning', 'EnforcedCapacity'],
    mutants: ['pvcs-ask-for-little'],
    proves: {
      'cost.requests-not-usage': {
        counted: ['counted-empty', 'refused'],
        'whatever-is-used': 'counted-written',
        provisioned: 'as-requested',
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const kind = 'PersistentVolumeClaim'
    const used = quotaUsed({ resourceQuota: 'storage', used: { 'requests.storage': sizes.twiceMedium } })
    const volume = volumeIn('writer', { namespace, measure })
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    const quotas = await observe.kind({ apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true })
    await namespace.apply(storageQuota('storage', { atMost: sizes.twiceMedium }))
    await until(quotas, quotaCounted({ resourceQuota: 'storage' }), { within: limits.objectDeleted })
    await namespace.attempt.dryRun(pvc('canary', { cluster, size: sizes.beyondAll, storageClass: '' }), { is: 'refused' })

    await namespace.attempt.create(pvc('written', { cluster, size: sizes.medium }))
    await until(quotas, quotaUsed({ resourceQuota: 'storage', used: { persistentvolumeclaims: '1' } }), { within: limits.objectDeleted })
    await namespace.attempt.create(pvc('empty', { cluster, size: sizes.medium }))
    await namespace.apply(pod('writer', { cluster, pvc: 'written' }))
    await namespace.apply(pod('idle', { cluster, pvc: 'empty' }))
    // Each change of a PVC makes the controller count anew, which may take back what is just being charged. Once bound, PVCs do not change.
    await until(pods, allReady({ pods: ['writer', 'idle'] }), { within: limits.podReady })
    await expect(quotas).toReach(used, { within: limits.objectDeleted, as: 'counted-empty' })
    await namespace.attempt.create(pvc('beyond', { cluster, size: sizes.small }))
    await expect(history).toUphold(requestRefused({ verb: 'create', kind, name: 'beyond', code: 403, says: 'exceeded quota: storage' }), {
      as: 'refused',
    })
    const before = await volume.readSize('empty')
    await volume.populate({ files: 64, bytes: '64Mi' })
    const after = await volume.readSize('written')
    await premise(history, fileSystemUsed({ before, after, bytes: '64Mi' }))
    const written = mark('data was written')
    await namespace.attempt.create(pvc('later', { cluster, size: sizes.small }))

    await expect(quotas).toStay(used, { for: limits.staysUnchanged, after: written, as: 'counted-written' })
    await expect(history).toUphold(requestRefused({ verb: 'create', kind, name: 'later', code: 403, says: 'exceeded quota: storage' }), {
      as: 'counted-written',
    })
    await expect(history).toUphold(capacityStays({ pvc: 'written', capacity: sizes.medium }), { as: 'as-requested' })
    await expect(history).toUphold(capacityStays({ pvc: 'empty', capacity: sizes.medium }), { as: 'as-requested' })
  },
)
