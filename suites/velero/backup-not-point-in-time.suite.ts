import { expect } from 'vitest'
import {
  backupReached,
  configMap,
  configMapSays,
  conformance,
  logHoldsExactly,
  objectsRestored,
  openGate,
  pod,
  podNotReady,
  podReady,
  restoreReached,
  shutGateUntilOpened,
  statefulSet,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/backup-not-point-in-time',
    statement:
      'A Backup is not a single point in time: objects are read first, and volumes are snapshotted later. A change in between is in the volumes but not in the objects, and an object that is made in between is missing.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/how-velero-works/', section: 'backup-workflow' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI'],
    mutants: ['restore-empty', 'restore-drops-file'],
    proves: { 'velero.not-atomic': { inconsistent: ['objects', 'volume'], missed: 'missed' } },
  },
  async (fixtures) => {
    const { namespace, additionalNamespace, observe, velero, history, limits, cluster, sizes } = fixtures
    const copy = additionalNamespace('copy')
    const ledger = configMap('ledger', { data: { entries: 'those before the backup' } })
    const hooks = { resources: [{ name: 'pause', pre: [{ exec: { command: shutGateUntilOpened, timeout: '60s' } }] }] }
    const [pods, copies] = [await observe.pods(), await copy.observe.pods()]
    const [backups, restores] = [await observe.backups(), await observe.restores()]
    await observe.configMaps()
    await copy.observe.configMaps()
    await namespace.apply(ledger)
    await namespace.apply(statefulSet('keeper', { cluster, replicas: 1, data: sizes.small, readiness: 'by-gate' }))
    await until(pods, podNotReady({ pod: 'keeper-0' }), { within: limits.podReady })
    await namespace.exec('keeper-0', openGate)
    await until(pods, podReady({ pod: 'keeper-0' }), { within: limits.podReady })
    const before = await volumeIn('keeper-0', fixtures).appendRecords('before the backup')

    const backup = await velero.backup('taken', { hooks })
    await until(pods, podNotReady({ pod: 'keeper-0' }), { within: limits.backupEnded })
    await namespace.patch(ledger, { data: { entries: 'those written meanwhile, too' } })
    await namespace.apply(configMap('late', { data: { made: 'during the backup' } }))
    const meanwhile = await volumeIn('keeper-0', fixtures).appendRecords('during the backup')
    await namespace.exec('keeper-0', openGate)
    await expect(backups).toReach(backupReached({ backup, phase: 'Completed' }), { within: limits.backupEnded })
    const restore = await velero.restore('back', {
      backupName: backup,
      namespaceMapping: { [namespace.name]: copy.namespace.name },
      excludedResources: ['pods', 'statefulsets.apps'],
    })
    await expect(restores).toReach(restoreReached({ restore, phase: 'Completed' }), { within: limits.restoreEnded })
    await copy.namespace.apply(pod('reader', { cluster, pvc: 'data-keeper-0' }))
    await expect(copies).toReach(podReady({ pod: copy.nameOf('reader') }), { within: limits.podReady })

    const found = await volumeIn('reader', copy).readRecords('restored')
    await expect(history).toUphold(configMapSays({ configMap: copy.nameOf('ledger'), key: 'entries', value: 'those before the backup' }), {
      as: 'objects',
    })
    await expect(history).toUphold(logHoldsExactly({ acknowledged: [before, meanwhile], found }), { as: 'volume' })
    await expect(history).toUphold(
      objectsRestored({
        back: [{ kind: 'ConfigMap', name: copy.nameOf('ledger') }],
        leftOut: [{ kind: 'ConfigMap', name: copy.nameOf('late') }],
      }),
      { as: 'missed' },
    )
  },
)
