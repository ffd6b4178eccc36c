import { expect } from 'vitest'
import { conformance, exceedNodeVolumeLimit, podWithPvcs, podReady, podUnschedulable, workersOf } from '../../harness/index.ts'

conformance(
  {
    id: 'topology/node-volume-limit',
    statement: 'A Pod with more volumes than the limit of its CSI driver in CSINode is unschedulable. A Pod with fewer volumes runs.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/storage-limits/', section: 'dynamic-volume-limits' },
    requires: ['DynamicProvisioning', 'NodeLocalVolumes', 'VolumeLimits'],
    mutants: ['pvcs-not-mounted'],
    proves: { 'topology.attach-limit': { 'one-pod': ['few-run', 'too-many'], together: ['few-run', 'too-many-together'] } },
  },
  async ({ namespace, observe, history, limits, cluster, mark }) => {
    const [node = ''] = workersOf(cluster)
    const pods = await observe.pods()
    const { few, tooMany, others } = await exceedNodeVolumeLimit({ namespace, observe, history, cluster })

    await namespace.apply(podWithPvcs('modest', { cluster, pvcs: few, node }))
    await expect(pods).toReach(podReady({ pod: 'modest' }), { within: limits.podReady, as: 'few-run' })
    await namespace.apply(podWithPvcs('greedy', { cluster, pvcs: tooMany }))
    await expect(pods).toReach(podUnschedulable({ pod: 'greedy' }), { within: limits.podReady })
    await namespace.apply(podWithPvcs('crowded', { cluster, pvcs: others, node }))
    await expect(pods).toReach(podUnschedulable({ pod: 'crowded' }), { within: limits.podReady })
    const refused = mark('no node takes as many')
    await expect(pods).toStay(podUnschedulable({ pod: 'greedy' }), { for: limits.staysUnchanged, after: refused, as: 'too-many' })
    await expect(pods).toStay(podUnschedulable({ pod: 'crowded' }), { for: limits.staysUnchanged, after: refused, as: 'too-many-together' })
  },
)
