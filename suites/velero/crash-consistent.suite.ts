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
    id: 'velero/crash-consistent',
    statement:
      'A Backup by CSI snapshot during writes is crash consistent. It has every write acknowledged before the request, none begun after the snapshot was ready, and no write without the writes before it.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/csi/', section: 'how-it-works---overview' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI'],
    mutants: ['snapshot-torn', 'snapshot-lazy', 'snapshot-ready-early'],
    proves: { 'velero.namespace-backup-restore': { 'while-written': 'while-written' } },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const writer = writerIn('writer', fixtures, ['/data'])
    const series = await backupsWhileWriting({ fixtures, of: 'source', writer, rounds: 5 })
    const pods = await observe.pods()
    await observe.podEvents()
    await observe.pvcs()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await writer.start()

    await series.take()
    await series.restore()
    await writer.stop('in the end')

    await expect(history).toUphold(holdsAcknowledgedPrefix({ moments: await series.read() }), { as: 'while-written' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'writer', restarts: 'none' }))
  },
)
