import { expect } from 'vitest'
import {
  allReady,
  conformance,
  logHoldsExactly,
  pod,
  premise,
  pvc,
  staysTheSamePod,
  storedWith,
  treesEqual,
  twoWorkers,
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
    proves: {
      'access.rwo-same-node-shared': { mount: ['mounted', 'on-one-node', 'never-restarted'], write: 'each-reads-the-other' },
      'access.rwo-is-one-pod': { several: ['mounted', 'on-one-node', 'each-reads-the-other', 'never-restarted'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [node] = twoWorkers(cluster)
    const first = volumeIn('first', { namespace, measure })
    const second = volumeIn('second', { namespace, measure })
    const pods = await observe.pods()
    await observe.pvcs()
    await namespace.apply(pvc('shared', { cluster, size: sizes.small, accessMode: 'ReadWriteOnce' }))
    await namespace.apply(pod('first', { cluster, pvc: 'shared', node }))
    await namespace.apply(pod('second', { cluster, pvc: 'shared', node }))
    await expect(pods).toReach(allReady({ pods: ['first', 'second'] }), { within: limits.podReady, as: 'mounted' })

    const { byFirst, bySecond, foundBySecond, foundByFirst, seenByFirst, seenBySecond } = await writeFromTwoPods(first, second)

    const inTurn = logHoldsExactly({ acknowledged: [byFirst, bySecond], found: foundByFirst })
    await premise(
      history,
      storedWith({ kind: 'PersistentVolumeClaim', name: 'shared', path: ['spec', 'accessModes'], value: ['ReadWriteOnce'] }),
    )
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'first', path: ['spec', 'nodeName'], value: node }), {
      as: 'on-one-node',
    })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'second', path: ['spec', 'nodeName'], value: node }), {
      as: 'on-one-node',
    })
    await expect(history).toUphold(logHoldsExactly({ acknowledged: byFirst, found: foundBySecond }), { as: 'each-reads-the-other' })
    await expect(history).toUphold(inTurn, { as: 'each-reads-the-other' })
    await expect(history).toUphold(treesEqual({ expected: seenByFirst, actual: seenBySecond }), { as: 'each-reads-the-other' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'first', restarts: 'none' }), { as: 'never-restarted' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'second', restarts: 'none' }), { as: 'never-restarted' })
  },
)
