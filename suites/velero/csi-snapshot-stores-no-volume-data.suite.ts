import { expect } from 'vitest'
import { allReady, backupReached, conformance, measureStored, pod, pvc, storedBytes, until, volumeIn } from '../../harness/index.ts'

conformance(
  {
    id: 'velero/csi-snapshot-stores-no-volume-data',
    statement:
      'A Backup with CSI snapshots alone stores object definitions but no volume data in the object store. Snapshot data movement and file system backup store the data there.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/csi-snapshot-data-movement/', section: '' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI', 'NodeAgent', 'ObjectStore'],
    mutants: ['snapshots-moved-unasked'],
    proves: { 'velero.csi-snapshot-only-metadata': { definitions: 'snapshots-alone', 'no-bytes': ['snapshots-alone', 'moved', 'files'] } },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, velero, history, limits, cluster, sizes } = fixtures
    const pods = await observe.pods()
    const backups = await observe.backups()
    const [one, two, three] = [{ of: 'one' }, { of: 'two' }, { of: 'three' }]
    await namespace.apply(pvc('one', { cluster, size: sizes.small, labels: one }))
    await namespace.apply(pvc('two', { cluster, size: sizes.small, labels: two }))
    await namespace.apply(pvc('three', { cluster, size: sizes.small, labels: three }))
    await namespace.apply(pod('one', { cluster, pvc: 'one', labels: one }))
    await namespace.apply(pod('two', { cluster, pvc: 'two', labels: two }))
    await namespace.apply(pod('three', { cluster, pvc: 'three', labels: three }))
    await until(pods, allReady({ pods: ['one', 'two', 'three'] }), { within: limits.podReady })
    await volumeIn('one', fixtures).populate({ files: 50, bytes: '50Mi' })
    await volumeIn('two', fixtures).populate({ files: 50, bytes: '50Mi' })
    await volumeIn('three', fixtures).populate({ files: 50, bytes: '50Mi' })

    const snapshots = await velero.backup('snapshots', { labelSelector: { matchLabels: one } })
    await expect(backups).toReach(backupReached({ backup: snapshots, phase: 'Completed' }), { within: limits.backupEnded })
    measureStored(fixtures, 'after CSI snapshots alone')
    const moved = await velero.backup('moved', { labelSelector: { matchLabels: two }, snapshotMoveData: true })
    await expect(backups).toReach(backupReached({ backup: moved, phase: 'Completed' }), { within: limits.backupEnded })
    measureStored(fixtures, 'after one was moved')
    const files = await velero.backup('files', { labelSelector: { matchLabels: three }, defaultVolumesToFsBackup: true })
    await expect(backups).toReach(backupReached({ backup: files, phase: 'Completed' }), { within: limits.backupEnded })
    measureStored(fixtures, 'after one was backed up file by file')

    const definitions = { atLeast: '1Ki', atMost: '64Ki' }
    await expect(history).toUphold(
      storedBytes({ label: 'after CSI snapshots alone', metadata: definitions, volumeData: { atMost: '0' } }),
      {
        as: 'snapshots-alone',
      },
    )
    await expect(history).toUphold(storedBytes({ label: 'after one was moved', volumeData: { atLeast: '50Mi', atMost: '60Mi' } }), {
      as: 'moved',
    })
    await expect(history).toUphold(storedBytes({ label: 'after one was backed up file by file', volumeData: { atLeast: '100Mi' } }), {
      as: 'files',
    })
  },
)
