import { expect } from 'vitest'
import {
  allReady,
  conformance,
  eachInItsZone,
  madeInZone,
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
      'topology.immediate-at-once': { 'before-any-pod': 'bound-at-once' },
      'topology.immediate-is-default': { default: ['stored-immediate', 'bound-at-once'] },
      'topology.immediate-legacy': { default: ['stored-immediate', 'bound-at-once'], unsuitable: 'not-elsewhere' },
      'topology.immediate-zone-mismatch': { placed: 'in-its-zone', unschedulable: 'not-elsewhere', bypassed: 'not-started' },
      'topology.allowed-topologies': { immediate: 'zone-of-class', waiting: ['waiting-refused', 'waiting-made'] },
      'topology.rwo-implies-zonal': { zonal: ['zone-of-class', 'not-elsewhere'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const [here, there] = twoZones(cluster)
    const zonal = zoneClass(`${namespace.name}-zonal`, { cluster, zone: here.zone })
    const opposite = zoneClass(`${namespace.name}-opposite`, { cluster, zone: there.zone })
    const bound = zoneClass(`${namespace.name}-waiting`, { cluster, zone: there.zone })
    const waiting = { ...bound, volumeBindingMode: 'WaitForFirstConsumer' } as const
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await observe.storageClasses()
    await namespace.apply(zonal)
    await namespace.apply(opposite)
    await namespace.apply(waiting)

    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: zonal.metadata.name }))
    await namespace.apply(pvc('mirrored', { cluster, size: sizes.small, storageClass: opposite.metadata.name }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['data', 'mirrored'] }), { within: limits.pvcBound, as: 'bound-at-once' })
    await namespace.apply(pod('anywhere', { cluster, pvc: 'data' }))
    await namespace.apply(pod('mirror', { cluster, pvc: 'mirrored' }))
    await expect(pods).toReach(allReady({ pods: ['anywhere', 'mirror'] }), { within: limits.podReady })
    await namespace.apply(pod('elsewhere', { cluster, pvc: 'data', node: there.name }))
    await expect(pods).toReach(podUnschedulable({ pod: 'elsewhere' }), { within: limits.podReady, as: 'not-elsewhere' })
    await namespace.apply(pvc('torn', { cluster, size: sizes.small, storageClass: waiting.metadata.name }))
    await namespace.apply(pod('torn', { cluster, pvc: 'torn', node: here.name }))
    await namespace.apply(pvc('led', { cluster, size: sizes.small, storageClass: waiting.metadata.name }))
    await namespace.apply(pod('led', { cluster, pvc: 'led' }))
    await expect(pods).toReach(podReady({ pod: 'led' }), { within: limits.podReady, as: 'waiting-made' })
    await expect(pods).toReach(podUnschedulable({ pod: 'torn' }), { within: limits.podReady, as: 'waiting-refused' })
    await namespace.apply(pod('sent', { cluster, pvc: 'data', nodeName: there.name }))
    await until(pods, podPresent({ pod: 'sent' }), { within: limits.podReady })
    const sent = mark('sent to a node of the other zone')
    await expect(pods).toStay(podNotStarted({ pod: 'sent' }), { for: limits.staysUnchanged, after: sent, as: 'not-started' })
    await expect(pods).toStay(podUnschedulable({ pod: 'elsewhere' }), { for: limits.staysUnchanged, after: sent, as: 'not-elsewhere' })
    await expect(pods).toStay(podUnschedulable({ pod: 'torn' }), { for: limits.staysUnchanged, after: sent, as: 'waiting-refused' })

    const { name } = zonal.metadata
    const mode = storedWith({ kind: 'StorageClass', name, path: ['volumeBindingMode'], value: 'Immediate' })
    await expect(history).toUphold(mode, { as: 'stored-immediate' })
    await expect(history).toUphold(madeInZone({ pvc: 'data', zone: here.zone }), { as: 'zone-of-class' })
    await expect(history).toUphold(madeInZone({ pvc: 'mirrored', zone: there.zone }), { as: 'zone-of-class' })
    await expect(history).toUphold(madeInZone({ pvc: 'led', zone: there.zone }), { as: 'waiting-made' })
    const pvcOf = { anywhere: 'data', mirror: 'mirrored' }
    await expect(history).toUphold(eachInItsZone({ pvcs: pvcOf, zones: zonesOf(cluster) }), { as: 'in-its-zone' })
  },
)
