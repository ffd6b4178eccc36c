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
  writeAtOnce,
  writeFromTwoPods,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'access-modes/rwx-shared-across-nodes',
    statement: 'Pods on several nodes can write to a ReadWriteMany volume at the same time. Each reads what the other wrote.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'ReadWriteMany'],
    mutants: ['volume-not-mounted'],
    proves: {
      'access.rwx-many-nodes': {
        nodes: ['mounted', 'on-two-nodes'],
        writable: 'each-reads-the-other',
        'at-once': ['on-two-nodes', 'both-write', 'never-restarted'],
      },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, measure, sizes } = fixtures
    const [one, other] = twoWorkers(cluster)
    const first = volumeIn('first', { namespace, measure })
    const second = volumeIn('second', { namespace, measure })
    const pods = await observe.pods()
    await observe.pvcs()
    await namespace.apply(pvc('shared', { cluster, size: sizes.small, accessMode: 'ReadWriteMany' }))
    await namespace.apply(pod('first', { cluster, pvc: 'shared', node: one }))
    await namespace.apply(pod('second', { cluster, pvc: 'shared', node: other }))
    await expect(pods).toReach(allReady({ pods: ['first', 'second'] }), { within: limits.podReady, as: 'mounted' })

    const { byFirst, bySecond, foundBySecond, foundByFirst, seenByFirst, seenBySecond } = await writeFromTwoPods(first, second)
    const { ofFirst, ofSecond } = await writeAtOnce('first', 'second', fixtures)

    const inTurn = logHoldsExactly({ acknowledged: [byFirst, bySecond], found: foundByFirst })
    await premise(
      history,
      storedWith({ kind: 'PersistentVolumeClaim', name: 'shared', path: ['spec', 'accessModes'], value: ['ReadWriteMany'] }),
    )
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'first', path: ['spec', 'nodeName'], value: one }), {
      as: 'on-two-nodes',
    })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'second', path: ['spec', 'nodeName'], value: other }), {
      as: 'on-two-nodes',
    })
    await expect(history).toUphold(logHoldsExactly({ acknowledged: byFirst, found: foundBySecond }), { as: 'each-reads-the-other' })
    await expect(history).toUphold(inTurn, { as: 'each-reads-the-other' })
    await expect(history).toUphold(treesEqual({ expected: seenByFirst, actual: seenBySecond }), { as: 'each-reads-the-other' })
    await expect(history).toUphold(wroteOn(ofFirst), { as: 'both-write' })
    await expect(history).toUphold(wroteOn(ofSecond), { as: 'both-write' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'first', restarts: 'none' }), { as: 'never-restarted' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'second', restarts: 'none' }), { as: 'never-restarted' })
  },
)
