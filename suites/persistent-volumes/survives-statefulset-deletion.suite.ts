import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  podReady,
  podReplaced,
  podsReady,
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
    proves: { 'statefulset.delete-keeps-pvcs': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const volume = volumeIn('web-0', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    await volume.fill()
    const before = await volume.readTree('before the deletion')

    await namespace.delete({ kind: 'StatefulSet', name: 'web' })
    await until(pods, podsReady({ statefulSet: 'web', replicas: 0 }), { within: limits.podDeleted })
    await namespace.apply(web)
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady })

    const after = await volume.readTree('after the deletion')
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }))
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }))
  },
)
