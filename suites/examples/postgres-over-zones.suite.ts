import { expect } from 'vitest'
import { applyExample, conformance, eachInItsZone, podsReady, zonesOf } from '../../harness/index.ts'

conformance(
  {
    id: 'examples/postgres-over-zones',
    statement:
      'A StatefulSet of PostgreSQL whose Pods carry the label that its zone constraint counts is spread over the zones. With a class that waits for the first consumer, each volume is in the zone of its Pod.',
    level: 'MUST',
    source: { page: 'concepts/scheduling-eviction/topology-spread-constraints/', section: 'topologyspreadconstraints-field' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'Zones', 'NodeLocalVolumes', 'PostgreSQL'],
    mutants: ['pods-in-one-zone'],
    proves: { 'manifest.postgres-ha-zones': { completed: ['ready', 'spread'] } },
  },
  async (fixtures) => {
    const { observe, history, limits, cluster } = fixtures
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()

    await applyExample('postgres-over-zones', fixtures, { storageClass: cluster.storageClasses.zoneLocal ?? cluster.storageClass })

    await expect(pods).toReach(podsReady({ statefulSet: 'postgres', replicas: 3 }), { within: limits.statefulSetReady, as: 'ready' })
    const pvcs = { 'postgres-0': 'data-postgres-0', 'postgres-1': 'data-postgres-1' }
    await expect(history).toUphold(eachInItsZone({ pvcs, zones: zonesOf(cluster) }), { as: 'spread' })
  },
)
