import { expect } from 'vitest'
import {
  conformance,
  containerFailed,
  keepsItsVolume,
  revisionsAre,
  selectorOf,
  statefulSet,
  together,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'updates/broken-parallel-rollout-continues',
    statement:
      'With podManagementPolicy Parallel, Pods of a first revision that never become Ready are replaced by Pods of the corrected one. Nobody has to delete them, and each keeps its volume.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'parallel-pod-management' },
    requires: ['DynamicProvisioning'],
    mutants: ['ordered-pod-management'],
    proves: { 'update.parallel-rollout-replaces-broken-pods': { replaced: 'replaced', volumes: 'same-volumes' } },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const options = { cluster, replicas: 3, data: sizes.small, podManagement: 'Parallel' } as const
    const broken = statefulSet('web', { ...options, first: 'exit 1', readiness: 'by-gate' })
    const corrected = statefulSet('web', options)
    const pods = await observe.pods(selectorOf(broken))
    const sets = await observe.statefulSets()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(broken)
    await until(pods, containerFailed({ pod: 'web-0' }), { within: limits.statefulSetReady })

    await namespace.patch(broken, { spec: { template: corrected.spec.template } })

    const all = revisionsAre({ statefulSet: 'web', updated: ['web-0', 'web-1', 'web-2'], outdated: [] })
    await expect(together(pods, sets)).toReach(all, { within: limits.statefulSetReady, as: 'replaced' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'same-volumes' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-1' }), { as: 'same-volumes' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-2' }), { as: 'same-volumes' })
  },
)
