import { expect } from 'vitest'
import {
  conformance,
  podWithPvcs,
  podReady,
  pvc,
  pvcExpanded,
  quotaCounted,
  requestRefused,
  storageClass,
  storageQuota,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'expansion/allowed-by-class-and-quota',
    statement:
      'A PVC can grow only if its StorageClass allows expansion and the quota has room. Otherwise the request is refused. A class can be changed to allow it. A manifest with only a size is not a valid PVC.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'expanding-persistent-volumes-claims' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion'],
    mutants: ['growth-swallowed'],
    proves: ['expansion.class-must-allow', 'expansion.quota-counts', 'expansion.apply-partial-manifest'],
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const kind = 'PersistentVolumeClaim'
    const resized = (storage: string) => ({ spec: { resources: { requests: { storage } } } })
    const fixed = storageClass(`${namespace.name}-fixed`, { cluster, allowVolumeExpansion: false })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const quotas = await observe.kind({ apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true })
    await namespace.apply(fixed)
    await namespace.apply(pvc('fixed', { cluster, size: '320Mi', storageClass: fixed.metadata.name }))
    await namespace.apply(pvc('data', { cluster, size: '320Mi' }))
    await namespace.apply(podWithPvcs('user', { cluster, pvcs: ['fixed', 'data'] }))
    await until(pods, podReady({ pod: 'user' }), { within: limits.podReady })
    await namespace.apply(storageQuota('storage', { atMost: '1280Mi' }))
    await until(quotas, quotaCounted({ resourceQuota: 'storage' }), { within: limits.objectDeleted })

    await namespace.attempt.patch({ kind, name: 'fixed' }, resized('640Mi'))
    await namespace.attempt.patch({ kind, name: 'data' }, resized('1Gi'))
    await namespace.attempt.create({ apiVersion: 'v1', kind, metadata: { name: 'new' }, ...resized('640Mi') })
    await expect(history).toUphold(requestRefused({ verb: 'patch', kind, name: 'fixed', code: 403 }))
    await expect(history).toUphold(requestRefused({ verb: 'patch', kind, name: 'data', code: 403 }))
    await expect(history).toUphold(requestRefused({ verb: 'create', kind, name: 'new', code: 422 }))

    // Admission reads classes from a watch: the expansion of the other PVC gives the watch time to catch up.
    await namespace.patch(fixed, { allowVolumeExpansion: true })
    await namespace.expand({ kind, name: 'data' }, '640Mi')
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data', to: '640Mi' }), { within: limits.pvcExpanded })
    await namespace.expand({ kind, name: 'fixed' }, '640Mi')
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'fixed', to: '640Mi' }), { within: limits.pvcExpanded })
  },
)
