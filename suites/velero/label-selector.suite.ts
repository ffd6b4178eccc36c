import { expect } from 'vitest'
import { objectsRestored, configMap, conformance, pod, podReady, pvc, roundTrip, treesEqual, until } from '../../harness/index.ts'

conformance(
  {
    id: 'velero/label-selector',
    statement:
      'A Backup with a label selector contains the matching objects and the PVCs that selected Pods mount, with their data, labelled or not. It contains nothing else of the namespace.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/resource-filtering/', section: '--selector' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI'],
    mutants: ['backup-selector-dropped', 'restore-empty'],
    proves: { 'velero.namespace-backup-restore': { 'csi-snapshots': 'same-data' } },
  },
  async (fixtures) => {
    const { namespace, additionalNamespace, observe, history, limits, cluster, sizes } = fixtures
    const labels = { 'app.kubernetes.io/name': 'keeper' }
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data', into: 'copy' })
    const pods = await observe.pods()
    await observe.configMaps()
    await additionalNamespace('copy').observe.configMaps()
    await namespace.apply(configMap('selected', { labels, data: { colour: 'blue' } }))
    await namespace.apply(configMap('other', { data: { colour: 'red' } }))
    await namespace.apply(pvc('other', { cluster, size: sizes.small }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })
    await trip.write({ files: 100, bytes: '4Mi' })

    await trip.backUp({ labelSelector: { matchLabels: labels } })
    await trip.restore()

    const { trees } = await trip.compare()
    await expect(history).toUphold(treesEqual(trees), { as: 'same-data' })
    await expect(history).toUphold(
      objectsRestored({
        back: [
          { kind: 'ConfigMap', name: 'copy/selected' },
          { kind: 'PersistentVolumeClaim', name: 'copy/data' },
        ],
        leftOut: [
          { kind: 'ConfigMap', name: 'copy/other' },
          { kind: 'PersistentVolumeClaim', name: 'copy/other' },
        ],
      }),
    )
  },
)
