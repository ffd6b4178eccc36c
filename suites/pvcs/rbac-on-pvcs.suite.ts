import { expect } from 'vitest'
import { accountWith, conformance, pod, podReady, pvc, pvcPresent, requestAccepted, requestRefused, until } from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/rbac-on-pvcs',
    statement:
      'Creating and reading PVCs requires RBAC permissions on PVCs. Permission to create Pods is enough to mount any existing PVC of the namespace.',
    level: 'MAY',
    source: { page: 'reference/access-authn-authz/rbac/', section: 'role-and-clusterrole' },
    requires: ['DynamicProvisioning'],
    mutants: ['accounts-made-admins'],
    proves: { 'pvc.access-control': {} },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const kind = 'PersistentVolumeClaim'
    const pvcRules = { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['create', 'get'] }
    const podsOnly = { apiGroups: [''], resources: ['pods'], verbs: ['create'] }
    const [owner, role, binding] = accountWith('owner', pvcRules)
    const [stranger, otherRole, otherBinding] = accountWith('stranger', podsOnly)
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await namespace.apply(owner)
    await namespace.apply(role)
    await namespace.apply(binding)
    await namespace.apply(stranger)
    await namespace.apply(otherRole)
    await namespace.apply(otherBinding)
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await until(pvcs, pvcPresent({ pvc: 'data' }), { within: limits.pvcBound })

    await namespace.as('stranger').create(pvc('unwanted', { cluster, size: sizes.small }))
    await namespace.as('stranger').read({ kind, name: 'data' })
    await namespace.as('owner').create(pvc('wanted', { cluster, size: sizes.small }))
    await namespace.as('owner').read({ kind, name: 'wanted' })
    await namespace.as('stranger').create(pod('visitor', { cluster, pvc: 'data' }))

    await expect(history).toUphold(requestRefused({ verb: 'create', kind, name: 'unwanted', code: 403 }))
    await expect(history).toUphold(requestRefused({ verb: 'read', kind, name: 'data', code: 403 }))
    await expect(history).toUphold(requestAccepted({ verb: 'create', kind, name: 'wanted' }))
    await expect(history).toUphold(requestAccepted({ verb: 'read', kind, name: 'wanted' }))
    await expect(history).toUphold(requestAccepted({ verb: 'create', kind: 'Pod', name: 'visitor' }))
    await expect(pods).toReach(podReady({ pod: 'visitor' }), { within: limits.podReady })
  },
)
