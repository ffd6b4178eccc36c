import { expect } from 'vitest'
import {
  conformance,
  deployment,
  onNodes,
  pod,
  podReady,
  pvc,
  replicasOf,
  replicasReady,
  treesEqual,
  twoWorkers,
  until,
  volumeIn,
  writesRefused,
} from '../../harness/index.ts'

conformance(
  {
    id: 'deployments/read-only-volume-shared',
    statement:
      'All replicas of a Deployment can mount one volume read-only, on several nodes. Each reads the whole content, and none can write.',
    level: 'MAY',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'ReadWriteMany'],
    mutants: ['read-only-dropped', 'volume-not-mounted'],
    proves: {
      'deployment.shared-readonly': { read: ['all-run', 'on-both-nodes', 'read-by-each'], refused: 'refused-to-each' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const writer = volumeIn('writer', { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(pvc('shared', { cluster, size: sizes.small, accessMode: 'ReadWriteMany' }))
    await namespace.apply(pod('writer', { cluster, pvc: 'shared' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await writer.fill()
    const written = await writer.readTree('written')

    await namespace.apply(deployment('web', { cluster, replicas: 3, pvc: 'shared', readOnly: true, spread: true }))
    await expect(pods).toReach(replicasReady({ deployment: 'web', replicas: 3 }), { within: limits.podReady, as: 'all-run' })
    const [one, two, three] = await replicasOf(history, 'web', { count: 3 })
    const first = volumeIn(one, { namespace, measure })
    const second = volumeIn(two, { namespace, measure })
    const third = volumeIn(three, { namespace, measure })
    const byFirst = await first.tryToWrite('by the first')
    const bySecond = await second.tryToWrite('by the second')
    const byThird = await third.tryToWrite('by the third')
    const inFirst = await first.readTree('after the attempts')
    const inSecond = await second.readTree('after the attempts')
    const inThird = await third.readTree('after the attempts')

    await expect(history).toUphold(onNodes({ pods: [one, two, three], nodes: twoWorkers(cluster) }), { as: 'on-both-nodes' })
    await expect(history).toUphold(writesRefused({ attempts: byFirst }), { as: 'refused-to-each' })
    await expect(history).toUphold(writesRefused({ attempts: bySecond }), { as: 'refused-to-each' })
    await expect(history).toUphold(writesRefused({ attempts: byThird }), { as: 'refused-to-each' })
    await expect(history).toUphold(treesEqual({ expected: written, actual: inFirst }), { as: 'read-by-each' })
    await expect(history).toUphold(treesEqual({ expected: written, actual: inSecond }), { as: 'read-by-each' })
    await expect(history).toUphold(treesEqual({ expected: written, actual: inThird }), { as: 'read-by-each' })
  },
)
