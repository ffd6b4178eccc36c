import { expect } from 'vitest'
import {
  carriedBy,
  conformance,
  forgottenByKopia,
  logHoldsExactly,
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
    id: 'velero/round-trip-moved-snapshots',
    statement:
      'A destroyed namespace is restored from moved CSI snapshots: files with mode, owner and time, links, acknowledged writes. Directory and link times, hard links, extended attributes and holes may be lost.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/csi-snapshot-data-movement/', section: 'how-backup-and-restore-work' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI', 'NodeAgent'],
    mutants: ['restore-drops-file', 'snapshot-fails', 'stored-object-deleted', 'stored-byte-flipped', 'location-wrong-credentials'],
    proves: { 'velero.namespace-backup-restore': { 'moved-data': ['carried', 'same-data', 'anew'] } },
    pace: 'slow',
    podSecurity: { level: 'baseline', why: 'Its files belong to several users, and only root can give files to others.' },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data', forgets: forgottenByKopia })
    const pods = await observe.pods()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })
    await trip.write({ files: 100, bytes: '100Mi' })

    const backup = await trip.backUp({ snapshotMoveData: true })
    await trip.destroy()
    const restore = await trip.restore()

    const { trees, logs, anew } = await trip.compare()
    await expect(history).toUphold(carriedBy({ carrier: 'DataUpload', of: backup, volumes: 1 }), { as: 'carried' })
    await expect(history).toUphold(carriedBy({ carrier: 'DataDownload', of: restore, volumes: 1 }), { as: 'carried' })
    await expect(history).toUphold(treesEqual(trees), { as: 'same-data' })
    await expect(history).toUphold(logHoldsExactly(logs), { as: 'same-data' })
    await expect(history).toUphold(restoredAsNewObjects(anew), { as: 'anew' })
  },
)
