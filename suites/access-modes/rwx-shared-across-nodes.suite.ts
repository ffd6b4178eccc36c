import { expect } from 'vitest'
import {
  allReady,
  conformance,
  logHoldsExactly,
  pod,
  pvc,
  staysTheSamePod,
  treesEqual,
  twoWorkers,
  until,
  volumeIn,
  writeFromTwoPods,
} from '../../harness/index.ts'

conformance(
  {
    id: 'access-modes/rwx-shared-across-nodes',
    statement: 'Pods on several nodes can write to a ReadWriteMany volume at the same time. Each reads immediately what the other wrote.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'ReadWriteMany'],
    mutants: ['volume-not-mounted'],
    proves: { 'access.rwx-many-nodes': {}, 'access.rwx-needs-shared-storage': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [one, other] = twoWorkers(cluster)
    const first = volumeIn('first', { namespace, measure })
    const second = volumeIn('second', { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(pvc('shared', { cluster, size: sizes.small, accessMode: 'ReadWriteMany' }))
    await namespace.apply(pod('first', { cluster, pvc: 'shared', node: one }))
    await namespace.apply(pod('second', { cluster, pvc: 'shared', node: other }))
    await until(pods, allReady({ pods: ['first', 'second'] }), { within: limits.podReady })

    const { byFirst, bySecond, foundBySecond, foundByFirst, seenByFirst, seenBySecond } = await writeFromTwoPods(first, second)

    await expect(history).toUphold(logHoldsExactly({ acknowledged: byFirst, found: foundBySecond }))
    await expect(history).toUphold(logHoldsExactly({ acknowledged: [byFirst, bySecond], found: foundByFirst }))
    await expect(history).toUphold(treesEqual({ expected: seenByFirst, actual: seenBySecond }))
    await expect(history).toUphold(staysTheSamePod({ pod: 'first', restarts: 'none' }))
    await expect(history).toUphold(staysTheSamePod({ pod: 'second', restarts: 'none' }))
  },
)
