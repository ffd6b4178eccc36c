import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  fileIn,
  podReplaced,
  podsAre,
  podsReady,
  podsStartInOrdinalOrder,
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
    proves: { 'statefulset.stable-names': {}, 'statefulset.recreate-order-after-loss': {} },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const web = statefulSet('web', { cluster, replicas: 2, readiness: 'after-a-moment' })
    const pods = await observe.pods(selectorOf(web))
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })
    const before = await fileIn('web-0', fixtures, '/etc/hostname').read('hostname at first')

    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await namespace.delete({ kind: 'Pod', name: 'web-1' })
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady })
    await expect(pods).toReach(podReplaced({ pod: 'web-1' }), { within: limits.podReady })

    const after = await fileIn('web-0', fixtures, '/etc/hostname').read('hostname after it came back')
    await expect(history).toUphold(answersValue({ found: before, value: 'web-0' }))
    await expect(history).toUphold(answersValue({ found: after, value: 'web-0' }))
    await expect(history).toUphold(podsAre({ statefulSet: 'web', pods: ['web-0', 'web-1'] }))
    await expect(history).toUphold(podsStartInOrdinalOrder({ statefulSet: 'web', replicas: 2 }))
  },
)
