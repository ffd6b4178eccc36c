import { expect } from 'vitest'
import {
  allReady,
  conformance,
  nodeOfPod,
  pod,
  podEnded,
  podReady,
  pvc,
  scratchDirectory,
  scratchPod,
  staysTheSamePod,
  storedWith,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pods/empty-dir-size-limit',
    statement:
      'A Pod whose emptyDir holds more than its sizeLimit is evicted. One that stays below its limit is not, nor is one without a limit, and a PVC of the evicted Pod keeps its data.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/volumes/', section: 'emptydir' },
    requires: ['DynamicProvisioning'],
    mutants: ['size-limits-dropped'],
    proves: {
      'pod.emptydir-sizelimit': { evicted: ['ended', 'evicted'], 'by-limit': ['ended', 'below-stays', 'unlimited-stays'] },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const scratchOf = (name: string) => volumeIn(name, { namespace, measure }, scratchDirectory)
    const volume = volumeIn('greedy', { namespace, measure })
    const next = volumeIn('next', { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(scratchPod('greedy', { cluster, limited: true, pvc: 'data', termination: 'never' }))
    await namespace.apply(scratchPod('modest', { cluster, limited: true }))
    await namespace.apply(scratchPod('unlimited', { cluster }))
    await until(pods, allReady({ pods: ['greedy', 'modest', 'unlimited'] }), { within: limits.podReady })
    const node = await nodeOfPod(history, 'greedy')
    await volume.fill()
    const before = await volume.readTree('before the eviction')
    await scratchOf('unlimited').populate({ files: 8, bytes: '50Mi' })
    await scratchOf('modest').populate({ files: 8, bytes: '2Mi' })

    await scratchOf('greedy').populate({ files: 8, bytes: '50Mi' })
    await expect(pods).toReach(podEnded({ pod: 'greedy', phase: 'Failed' }), { within: limits.podEvicted, as: 'ended' })
    await namespace.apply(pod('next', { cluster, pvc: 'data', node }))
    await until(pods, podReady({ pod: 'next' }), { within: limits.podReady })
    const after = await next.readTree('after the eviction')

    const reason = { kind: 'Pod', name: 'greedy', path: ['status', 'reason'], value: 'Evicted' }
    await expect(history).toUphold(storedWith(reason), { as: 'evicted' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'modest', restarts: 'none' }), { as: 'below-stays' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'unlimited', restarts: 'none' }), { as: 'unlimited-stays' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }))
  },
)
