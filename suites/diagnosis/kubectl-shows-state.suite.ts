import { expect } from 'vitest'
import {
  conformance,
  kubectlPrinted,
  kubectlTable,
  limitRange,
  podsReady,
  pvc,
  pvcsIn,
  quotaSizes,
  quotaUsed,
  resourceQuota,
  statefulSet,
  statefulSetScaled,
  storageClass,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'diagnosis/kubectl-shows-state',
    statement:
      'kubectl get shows the ready Pods of a StatefulSet by number, and the binding mode of a StorageClass. kubectl describe shows which Pods use a PVC and why it waits, and the quotas, their use and the limits of a namespace.',
    level: 'SHOULD',
    source: { page: 'concepts/policy/resource-quotas/', section: 'viewing-and-setting-quotas' },
    requires: ['DynamicProvisioning', 'Kubectl'],
    mutants: ['quotas-raised'],
    proves: {
      'trouble.get-statefulset-pods': { set: 'set-ready', pods: 'pods-ready' },
      'trouble.check-class-binding-mode': { mode: 'classes-shown', rest: 'classes-shown' },
      'trouble.describe-used-by': { used: ['used-by-first', 'used-by-last'], unused: 'used-by-none' },
      'quota.describe-namespace': { quotas: 'quotas-shown', limits: 'limits-shown' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, sizes, kubectl }) => {
    const { name: own } = namespace
    const [waits, atOnce] = [`${own}-waits`, `${own}-at-once`]
    const web = statefulSet('web', { cluster, replicas: 3, data: sizes.small, podManagement: 'Parallel' })
    const quotas = await observe.kind({ apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true })
    const pods = await observe.pods()
    const sets = await observe.statefulSets()
    await observe.storageClasses()
    await observe.kind({ apiVersion: 'v1', kind: 'LimitRange', plural: 'limitranges', namespaced: true })
    const pvcs = await observe.pvcs()
    await namespace.apply(storageClass(waits, { cluster, volumeBindingMode: 'WaitForFirstConsumer', reclaimPolicy: 'Retain' }))
    await namespace.apply(storageClass(atOnce, { cluster, volumeBindingMode: 'Immediate', allowVolumeExpansion: true }))
    await namespace.apply(resourceQuota('storage', { 'requests.storage': quotaSizes.ample, persistentvolumeclaims: '10' }))
    await namespace.attempt.dryRun(pvc('canary', { cluster, size: sizes.beyondAll, storageClass: '' }), { is: 'refused' })
    await namespace.apply(limitRange('single', { min: sizes.belowSmall, max: sizes.beyondAll }))
    await namespace.apply(pvc('unused', { cluster, size: sizes.small, storageClass: waits }))
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })
    await until(sets, statefulSetScaled({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })
    await until(quotas, quotaUsed({ resourceQuota: 'storage', used: { persistentvolumeclaims: '4' } }), { within: limits.objectDeleted })
    await until(pvcs, pvcsIn({ pvcs: ['unused'], phase: 'Pending' }), { within: limits.pvcBound })

    const listedSets = await kubectl.run(['get', 'statefulset'])
    const listed = await kubectl.run(['get', 'pods'])
    const classes = await kubectl.run(['get', 'storageclass'])
    const first = await kubectl.run(['describe', 'pvc', 'data-web-0'])
    const last = await kubectl.run(['describe', 'pvc', 'data-web-2'])
    const unused = await kubectl.run(['describe', 'pvc', 'unused'])
    const described = await kubectl.run(['describe', 'namespace', own])

    await expect(history).toUphold(kubectlTable({ command: listedSets, rows: { web: { READY: '3/3' } }, complete: true }), {
      as: 'set-ready',
    })
    const ready = { READY: '1/1', STATUS: 'Running' }
    const ofWeb = { 'web-0': ready, 'web-1': ready, 'web-2': ready }
    await expect(history).toUphold(kubectlTable({ command: listed, rows: ofWeb, complete: true }), { as: 'pods-ready' })
    const rows = {
      [waits]: { VOLUMEBINDINGMODE: 'WaitForFirstConsumer', RECLAIMPOLICY: 'Retain', ALLOWVOLUMEEXPANSION: 'false' },
      [atOnce]: { VOLUMEBINDINGMODE: 'Immediate', RECLAIMPOLICY: 'Delete', ALLOWVOLUMEEXPANSION: 'true' },
    }
    await expect(history).toUphold(kubectlTable({ command: classes, rows }), { as: 'classes-shown' })
    await expect(history).toUphold(kubectlPrinted({ command: first, lines: ['Used By: web-0'] }), { as: 'used-by-first' })
    await expect(history).toUphold(kubectlPrinted({ command: last, lines: ['Used By: web-2'] }), { as: 'used-by-last' })
    const waiting = ['Used By: <none>', 'Normal WaitForFirstConsumer … waiting for first consumer to be created before binding']
    await expect(history).toUphold(kubectlPrinted({ command: unused, lines: waiting }), { as: 'used-by-none' })
    const use = kubectlPrinted({ command: described, lines: ['persistentvolumeclaims 4 10', `requests.storage … ${quotaSizes.ample}`] })
    await expect(history).toUphold(use, { as: 'quotas-shown' })
    const single = kubectlPrinted({ command: described, lines: [`PersistentVolumeClaim storage ${sizes.belowSmall} ${sizes.beyondAll}`] })
    await expect(history).toUphold(single, { as: 'limits-shown' })
  },
)
