import { expect } from 'vitest'
import {
  allReady,
  conformance,
  keepsItsVolume,
  podGone,
  podsAre,
  selectorOf,
  statefulSet,
  statefulSetScaled,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/start-ordinal',
    statement:
      'spec.ordinals.start sets the first ordinal of a StatefulSet. A higher start removes the Pods below it, keeps their PVCs and adds Pods above.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'start-ordinal' },
    requires: ['DynamicProvisioning'],
    mutants: ['ordinals-dropped'],
    proves: { 'statefulset.start-ordinal': { shifts: ['first-start', 'higher-start'] } },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 2, data: sizes.small, spec: { ordinals: { start: 5 } } })
    const pods = await observe.pods(selectorOf(web))
    const sets = await observe.statefulSets()
    await observe.pvcs()
    await observe.pvs()

    await namespace.apply(web)
    await until(sets, statefulSetScaled({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })
    await expect(history).toUphold(podsAre({ statefulSet: 'web', pods: ['web-5', 'web-6'] }), { as: 'first-start' })
    await namespace.patch(web, { spec: { ordinals: { start: 6 } } })
    await expect(pods).toReach(allReady({ pods: ['web-6', 'web-7'] }), { within: limits.statefulSetScaled })
    await expect(pods).toReach(podGone({ pod: 'web-5' }), { within: limits.podDeleted })

    await expect(history).toUphold(podsAre({ statefulSet: 'web', pods: ['web-6', 'web-7'] }), { as: 'higher-start' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-5' }))
  },
)
