import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  podReplaced,
  podsReady,
  pvcsBound,
  selectorOf,
  statefulSet,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'persistent-volumes/survives-statefulset-deletion',
    statement:
      'Deleting a StatefulSet does not delete the volumes of its Pods. A StatefulSet recreated with the same name finds them with their data.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'limitations' },
    requires: ['DynamicProvisioning'],
    mutants: ['pvcs-deleted-with-statefulset', 'volume-not-mounted'],
    proves: { 'statefulset.delete-keeps-pvcs': { pods: 'pods-gone', pvcs: ['stay-bound', 'same-volumes'] } },
  },
  async ({ namespace, observe, history, limits, cluster, mark, measure, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 3, data: sizes.small, podManagement: 'Parallel' })
    const volume = volumeIn('web-0', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await observe.statefulSets()
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })
    await volume.fill()
    const before = await volume.readTree('before the deletion')

    await namespace.delete({ kind: 'StatefulSet', name: 'web' })
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 0 }), { within: limits.podDeleted, as: 'pods-gone' })
    const gone = mark('the Pods are gone')
    const bound = pvcsBound({ pvcs: ['data-web-0', 'data-web-1', 'data-web-2'] })
    await expect(pvcs).toStay(bound, { for: limits.staysUnchanged, after: gone, as: 'stay-bound' })
    await namespace.apply(web)
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady })

    const after = await volume.readTree('after the deletion')
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'same-volumes' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-1' }), { as: 'same-volumes' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-2' }), { as: 'same-volumes' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }))
  },
)
