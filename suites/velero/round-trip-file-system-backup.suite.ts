import { expect } from 'vitest'
import {
  carriedBy,
  conformance,
  fileSystemBackupOf,
  forgottenByKopia,
  logHoldsExactly,
  noSnapshotTaken,
  pod,
  podReady,
  pvc,
  restoredAsNewObjects,
  roundTrip,
  treesEqual,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/round-trip-file-system-backup',
    statement:
      'A destroyed namespace is restored from a file system backup: files with mode, owner and time, links, acknowledged writes. Directory and link times, hard links, extended attributes and holes may be lost.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/file-system-backup/', section: 'using-opt-in-pod-volume-backup' },
    requires: ['DynamicProvisioning', 'Velero', 'NodeAgent'],
    mutants: ['backup-annotation-dropped', 'stored-object-deleted', 'stored-byte-flipped', 'location-wrong-credentials'],
    proves: {
      'velero.fs-backup': { 'file-by-file': ['carried', 'same-data'], 'without-snapshots': ['same-data', 'no-snapshot'] },
      'velero.namespace-backup-restore': { 'file-system-backup': ['carried', 'same-data', 'anew'] },
    },
    podSecurity: { level: 'baseline', why: 'Its files belong to several users, and only root can give files to others.' },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data', forgets: forgottenByKopia })
    const pods = await observe.pods()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data', annotations: fileSystemBackupOf('data') }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })
    await trip.write({ files: 1000, bytes: '16Mi' })

    const backup = await trip.backUp()
    await trip.destroy()
    const restore = await trip.restore()

    const { trees, logs, anew } = await trip.compare()
    await expect(history).toUphold(carriedBy({ carrier: 'PodVolumeBackup', of: backup, volumes: 1 }), { as: 'carried' })
    await expect(history).toUphold(carriedBy({ carrier: 'PodVolumeRestore', of: restore, volumes: 1 }), { as: 'carried' })
    await expect(history).toUphold(noSnapshotTaken({ backup }), { as: 'no-snapshot' })
    await expect(history).toUphold(treesEqual(trees), { as: 'same-data' })
    await expect(history).toUphold(logHoldsExactly(logs), { as: 'same-data' })
    await expect(history).toUphold(restoredAsNewObjects(anew), { as: 'anew' })
  },
)
