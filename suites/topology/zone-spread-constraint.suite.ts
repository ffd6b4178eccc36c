import { expect } from 'vitest'
import {
  allReady,
  conformance,
  eachInItsZone,
  podReplaced,
  selectorOf,
  spreadOverZones,
  statefulSet,
  twoZones,
  until,
  zonesOf,
} from '../../harness/index.ts'

conformance(
  {
    id: 'topology/zone-spread-constraint',
    statement:
      'A zone topologySpreadConstraint with maxSkew 1 and DoNotSchedule gives each replica its own zone. With WaitForFirstConsumer, its volume is there too, and a replaced Pod returns there.',
    level: 'MUST',
    source: { page: 'concepts/scheduling-eviction/topology-spread-constraints/', section: 'topologyspreadconstraints-field' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'Zones', 'NodeLocalVolumes'],
    mutants: ['pods-in-one-zone', 'binding-mode-ignored'],
    proves: { 'topology.spread-statefulset-zones': { apart: 'each-in-its-zone', 'its-volume': 'each-in-its-zone' } },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const zonal = { ...cluster, storageClass: cluster.storageClasses.zoneLocal ?? cluster.storageClass }
    const [{ name: prefersNode }] = twoZones(cluster)
    const together = statefulSet('web', { cluster: zonal, replicas: 2, data: sizes.small, podManagement: 'Parallel', prefersNode })
    const web = spreadOverZones(together)
    const pods = await observe.pods(selectorOf(web))
    await observe.pvcs()
    await observe.pvs()

    await namespace.apply(web)
    await until(pods, allReady({ pods: ['web-0', 'web-1'] }), { within: limits.statefulSetReady })
    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await namespace.delete({ kind: 'Pod', name: 'web-1' })
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady })
    await expect(pods).toReach(podReplaced({ pod: 'web-1' }), { within: limits.podReady })

    const pvcs = { 'web-0': 'data-web-0', 'web-1': 'data-web-1' }
    await expect(history).toUphold(eachInItsZone({ pvcs, zones: zonesOf(cluster) }), { as: 'each-in-its-zone' })
  },
)
