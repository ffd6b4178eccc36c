import { expect } from 'vitest'
import {
  accountWith,
  conformance,
  idlePod,
  pod,
  podReady,
  pvc,
  quotaCounted,
  quotaUsed,
  requestAccepted,
  requestRefused,
  storageQuota,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/rbac-on-pvcs',
    statement:
      'Creating and reading PVCs requires RBAC permissions on PVCs. Permission to create Pods is enough to mount any existing PVC of the namespace.',
    level: 'MAY',
    source: { page: 'reference/access-authn-authz/rbac/', section: 'role-and-clusterrole' },
    requires: ['DynamicProvisioning'],
    mutants: ['accounts-made-admins'],
    proves: {
      'pvc.access-control': {
        create: ['create-refused', 'create-granted'],
        read: ['read-refused', 'read-granted'],
        quota: ['quota-refuses', 'create-granted'],
        pods: 'pod-refused',
        mounts: ['pod-accepted', 'pod-mounts'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const kind = 'PersistentVolumeClaim'
    const noRight = (verb: string, resource: string) => `cannot ${verb} resource "${resource}"`
    const pvcRules = { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['create', 'get'] }
    const podsOnly = { apiGroups: [''], resources: ['pods'], verbs: ['create'] }
    const [owner, role, binding] = accountWith('owner', pvcRules)
    const [stranger, otherRole, otherBinding] = accountWith('stranger', podsOnly)
    const [outsider, thirdRole, thirdBinding] = accountWith('outsider', { ...podsOnly, verbs: ['get'] })
    const pods = await observe.pods()
    await observe.pvcs()
    const quotas = await observe.kind({ apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true })
    await namespace.apply(owner)
    await namespace.apply(role)
    await namespace.apply(binding)
    await namespace.apply(stranger)
    await namespace.apply(otherRole)
    await namespace.apply(otherBinding)
    await namespace.apply(outsider)
    await namespace.apply(thirdRole)
    await namespace.apply(thirdBinding)
    await namespace.apply(storageQuota('storage', { atMost: sizes.twiceMedium }))
    await until(quotas, quotaCounted({ resourceQuota: 'storage' }), { within: limits.objectDeleted })
    await namespace.attempt.dryRun(pvc('canary', { cluster, size: sizes.beyondAll, storageClass: '' }), { is: 'refused' })
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await until(quotas, quotaUsed({ resourceQuota: 'storage', used: { persistentvolumeclaims: '1' } }), { within: limits.objectDeleted })
    await namespace.as('owner').dryRun(pvc('canary', { cluster, size: sizes.small }), { is: 'accepted' })
    await namespace.as('stranger').dryRun(idlePod('canary', { cluster }), { is: 'accepted' })

    await namespace.as('stranger').create(pvc('unwanted', { cluster, size: sizes.small }))
    await namespace.as('stranger').read({ kind, name: 'data' })
    await namespace.as('owner').create(pvc('wanted', { cluster, size: sizes.small }))
    await namespace.as('owner').create(pvc('too-large', { cluster, size: sizes.largest }))
    await namespace.as('owner').read({ kind, name: 'wanted' })
    await namespace.as('outsider').create(pod('intruder', { cluster, pvc: 'data' }))
    await namespace.as('stranger').create(pod('visitor', { cluster, pvc: 'data' }))

    await expect(history).toUphold(
      requestRefused({ verb: 'create', kind, name: 'unwanted', code: 403, says: noRight('create', 'persistentvolumeclaims') }),
      { as: 'create-refused' },
    )
    await expect(history).toUphold(
      requestRefused({ verb: 'read', kind, name: 'data', code: 403, says: noRight('get', 'persistentvolumeclaims') }),
      { as: 'read-refused' },
    )
    await expect(history).toUphold(requestAccepted({ verb: 'create', kind, name: 'wanted' }), { as: 'create-granted' })
    await expect(history).toUphold(
      requestRefused({ verb: 'create', kind, name: 'too-large', code: 403, says: 'exceeded quota: storage' }),
      { as: 'quota-refuses' },
    )
    await expect(history).toUphold(requestAccepted({ verb: 'read', kind, name: 'wanted' }), { as: 'read-granted' })
    await expect(history).toUphold(
      requestRefused({ verb: 'create', kind: 'Pod', name: 'intruder', code: 403, says: noRight('create', 'pods') }),
      { as: 'pod-refused' },
    )
    await expect(history).toUphold(requestAccepted({ verb: 'create', kind: 'Pod', name: 'visitor' }), { as: 'pod-accepted' })
    await expect(pods).toReach(podReady({ pod: 'visitor' }), { within: limits.podReady, as: 'pod-mounts' })
  },
)
