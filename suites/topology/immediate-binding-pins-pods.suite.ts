import { expect } from 'vitest'
import {
  conformance,
  eachInItsZone,
  pod,
  podNotStarted,
  podPresent,
  podReady,
  podUnschedulable,
  pvc,
  pvcsBound,
  storedWith,
  twoZones,
  until,
  zoneClass,
  zonesOf,
} from '../../harness/index.ts'

conformance(
  {
    id: 'topology/immediate-binding-pins-pods',
    statement:
      'A StorageClass without volumeBindingMode is Immediate: its volume is provisioned at once, as allowedTopologies says. Pods start only in the zone of the volume, even with spec.nodeName.',
    level: 'MUST',
    source: { page: 'concepts/storage/storage-classes/', section: 'volume-binding-mode' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'Zones'],
    mutants: ['binding-mode-ignored'],
    proves: {
      'topology.immediate-at-once': {},
      'topology.immediate-is-default': {},
      'topology.immediate-legacy': {},
      'topology.immediate-zone-mismatch': {},
      'topology.allowed-topologies': {},
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const [here, there] = twoZones(cluster)
    const zonal = zoneClass(`${namespace.name}-zonal`, { cluster, zone: here.zone })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await observe.storageClasses()
    await namespace.apply(zonal)

    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: zonal.metadata.name }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['data'] }), { within: limits.pvcBound })
    await namespace.apply(pod('anywhere', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podReady({ pod: 'anywhere' }), { within: limits.podReady })
    await namespace.apply(pod('elsewhere', { cluster, pvc: 'data', node: there.name }))
    await expect(pods).toReach(podUnschedulable({ pod: 'elsewhere' }), { within: limits.podReady })
    await namespace.apply(pod('sent', { cluster, pvc: 'data', nodeName: there.name }))
    await until(pods, podPresent({ pod: 'sent' }), { within: limits.podReady })
    const sent = mark('sent to a node of the other zone')
    await expect(pods).toStay(podNotStarted({ pod: 'sent' }), { for: limits.staysUnchanged, after: sent })
    await expect(pods).toStay(podUnschedulable({ pod: 'elsewhere' }), { for: limits.staysUnchanged, after: sent })

    const { name } = zonal.metadata
    await expect(history).toUphold(storedWith({ kind: 'StorageClass', name, path: ['volumeBindingMode'], value: 'Immediate' }))
    await expect(history).toUphold(eachInItsZone({ pvcs: { anywhere: 'data' }, zones: zonesOf(cluster) }))
  },
)
