import { expect } from 'vitest'
import {
  objectsRestored,
  configMap,
  conformance,
  headlessService,
  pod,
  podReady,
  pvc,
  restoreReached,
  roundTrip,
  treesEqual,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/excluded-resources',
    statement:
      'Resources that a Backup excludes are restored by none of its Restores. Resources that only a Restore excludes are restored by the next one.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/resource-filtering/', section: '--exclude-resources' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI'],
    mutants: ['backup-exclusions-dropped', 'restore-exclusions-dropped', 'restore-empty'],
    proves: { 'velero.namespace-backup-restore': { 'csi-snapshots': 'same-data' } },
  },
  async (fixtures) => {
    const { namespace, additionalNamespace, observe, velero, history, limits, cluster, sizes } = fixtures
    const copy = additionalNamespace('copy')
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data', into: 'copy' })
    const [service, settings] = [
      { kind: 'Service', name: copy.nameOf('web') },
      { kind: 'ConfigMap', name: copy.nameOf('settings') },
    ]
    const pods = await observe.pods()
    const restores = await observe.restores()
    await observe.services()
    await observe.configMaps()
    await copy.observe.services()
    await copy.observe.configMaps()
    await namespace.apply(headlessService('web', { port: 80 }))
    await namespace.apply(configMap('settings', { data: { colour: 'blue' } }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })
    await trip.write({ files: 100, bytes: '4Mi' })

    const backupName = await trip.backUp({ excludedResources: ['services'] })
    await trip.restore({ excludedResources: ['configmaps'] })
    await expect(history).toUphold(
      objectsRestored({ back: [{ kind: 'PersistentVolumeClaim', name: 'copy/data' }], leftOut: [service, settings] }),
    )
    const namespaceMapping = { [namespace.name]: copy.namespace.name }
    const rest = await velero.restore('rest', { backupName, namespaceMapping })
    await expect(restores).toReach(restoreReached({ restore: rest, phase: 'Completed' }), { within: limits.restoreEnded })

    const { trees } = await trip.compare()
    await expect(history).toUphold(objectsRestored({ back: [settings], leftOut: [service] }))
    await expect(history).toUphold(treesEqual(trees), { as: 'same-data' })
  },
)
