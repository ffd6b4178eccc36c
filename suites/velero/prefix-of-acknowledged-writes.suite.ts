import { expect } from 'vitest'
import {
  backupsWhileWriting,
  conformance,
  holdsAcknowledgedPrefix,
  pod,
  podReady,
  pvc,
  staysTheSamePod,
  until,
  writerIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/prefix-of-acknowledged-writes',
    statement:
      'A volume restored from a Backup that was taken by CSI snapshot while the volume was written to holds what it held at one instant: all that was acknowledged before the Backup was asked for, nothing begun after its snapshot was ready, and no write without those before it.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/csi/', section: 'how-it-works---overview' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero'],
    mutants: ['snapshot-torn', 'snapshot-lazy', 'snapshot-ready-early'],
    proves: ['velero.namespace-backup-restore'],
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const writer = writerIn('writer', fixtures, ['/data'])
    const series = await backupsWhileWriting({ fixtures, of: 'source', writer, rounds: 5 })
    const pods = await observe.pods()
    await observe.podEvents()
    await observe.pvcs()
    await namespace.apply(pvc('source', { cluster, size: '320Mi' }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await writer.start()

    await series.take()
    await series.restore()
    await writer.stop('in the end')

    await expect(history).toUphold(holdsAcknowledgedPrefix({ moments: await series.read() }))
    await expect(history).toUphold(staysTheSamePod({ pod: 'writer', restarts: 'none' }))
  },
)
