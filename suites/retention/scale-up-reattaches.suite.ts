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
    id: 'retention/scale-up-reattaches',
    statement: 'A Pod that returns when a StatefulSet is scaled up again gets the volume of its ordinal with its data.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'stable-storage' },
    requires: ['DynamicProvisioning'],
    mutants: ['pvcs-deleted-with-statefulset', 'volume-not-mounted'],
    proves: { 'statefulset.sticky-storage': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 2, data: sizes.small })
    const volume = volumeIn('web-1', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-1' }), { within: limits.statefulSetReady })
    await volume.fill()
    const before = await volume.readTree('before scaling down')

    await namespace.scale(web, 1)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 1 }), { within: limits.statefulSetScaled })
    await namespace.scale(web, 2)
    await expect(pods).toReach(podReplaced({ pod: 'web-1' }), { within: limits.statefulSetReady })

    const after = await volume.readTree('after scaling up')
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-1' }))
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }))
  },
)
