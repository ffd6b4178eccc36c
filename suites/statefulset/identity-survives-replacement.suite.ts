import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  endTogether,
  fileIn,
  podReplaced,
  podsAre,
  podsReady,
  podsStartInOrdinalOrder,
  premise,
  selectorOf,
  statefulSet,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/identity-survives-replacement',
    statement:
      'StatefulSet Pods and their hostnames consist of the StatefulSet name and an ordinal that starts at zero. Pods deleted together are recreated with the same names, in ordinal order.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'pod-identity' },
    requires: [],
    mutants: ['hostname-overridden', 'parallel-pod-management'],
    proves: {
      'statefulset.stable-names': { ordinals: ['hostname', 'named'], kept: ['hostname-kept', 'name-kept'] },
      'statefulset.recreate-order-after-loss': { order: 'in-order' },
      'statefulset.vs-deployment': { identity: ['named', 'name-kept'] },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const web = statefulSet('web', { cluster, replicas: 3, readiness: 'after-a-moment', termination: 'after-a-moment' })
    const pods = await observe.pods(selectorOf(web))
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })
    const before = await fileIn('web-1', fixtures, '/etc/hostname').read('hostname at first')
    await expect(history).toUphold(answersValue({ found: before, value: 'web-1' }), { as: 'hostname' })
    await expect(history).toUphold(podsAre({ statefulSet: 'web', pods: ['web-0', 'web-1', 'web-2'] }), { as: 'named' })

    await namespace.delete({ kind: 'Pod', name: 'web-2' })
    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await namespace.delete({ kind: 'Pod', name: 'web-1' })
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady })
    await expect(pods).toReach(podReplaced({ pod: 'web-1' }), { within: limits.podReady })
    await expect(pods).toReach(podReplaced({ pod: 'web-2' }), { within: limits.podReady })
    await premise(history, endTogether({ pods: ['web-0', 'web-1', 'web-2'], which: 'first' }))

    const after = await fileIn('web-1', fixtures, '/etc/hostname').read('hostname after it came back')
    await expect(history).toUphold(answersValue({ found: after, value: 'web-1' }), { as: 'hostname-kept' })
    await expect(history).toUphold(podsAre({ statefulSet: 'web', pods: ['web-0', 'web-1', 'web-2'] }), { as: 'name-kept' })
    await expect(history).toUphold(podsStartInOrdinalOrder({ statefulSet: 'web', replicas: 3 }), { as: 'in-order' })
  },
)
