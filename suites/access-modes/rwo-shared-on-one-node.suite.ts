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
    id: 'access-modes/rwo-shared-on-one-node',
    statement:
      'ReadWriteOnce restricts a volume to one node, not to one Pod. Two Pods on that node can mount the volume and write to it, and each reads what the other wrote.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes'],
    mutants: ['volume-not-mounted'],
    proves: { 'access.rwo-same-node-shared': {}, 'access.rwo-is-one-pod': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [node] = twoWorkers(cluster)
    const first = volumeIn('first', { namespace, measure })
    const second = volumeIn('second', { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(pvc('shared', { cluster, size: sizes.small, accessMode: 'ReadWriteOnce' }))
    await namespace.apply(pod('first', { cluster, pvc: 'shared', node }))
    await namespace.apply(pod('second', { cluster, pvc: 'shared', node }))
    await until(pods, allReady({ pods: ['first', 'second'] }), { within: limits.podReady })

    const { byFirst, bySecond, foundBySecond, foundByFirst, seenByFirst, seenBySecond } = await writeFromTwoPods(first, second)

    await expect(history).toUphold(logHoldsExactly({ acknowledged: byFirst, found: foundBySecond }))
    await expect(history).toUphold(logHoldsExactly({ acknowledged: [byFirst, bySecond], found: foundByFirst }))
    await expect(history).toUphold(treesEqual({ expected: seenByFirst, actual: seenBySecond }))
    await expect(history).toUphold(staysTheSamePod({ pod: 'first', restarts: 'none' }))
  },
)
