import { expect } from 'vitest'
import {
  allReady,
  conformance,
  holdsAcknowledgedPrefix,
  pod,
  podReady,
  pvc,
  snapshotsWhileWriting,
  staysTheSamePod,
  until,
  writerIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/crash-consistent',
    statement:
      'A VolumeSnapshot taken during writes is crash consistent. It has every write acknowledged before the request, none begun after readiness, and no write without the writes before it.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['snapshot-torn', 'snapshot-lazy', 'snapshot-ready-early'],
    proves: {
      'snapshot.point-in-time': { before: 'prefix', writes: 'prefix' },
      'snapshot.ready-to-use': { 'not-before': 'prefix' },
      'snapshot.in-use-volume': { running: ['prefix', 'same-pod'] },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const writer = writerIn('writer', fixtures, ['/data'])
    const series = snapshotsWhileWriting({ fixtures, of: 'source', size: sizes.small, writer, rounds: 20 })
    const pods = await observe.pods()
    await observe.podEvents()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvcs()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await writer.start()

    await series.take(volumeSnapshots)
    await series.restore()
    await expect(pods).toReach(allReady({ pods: series.readers }), { within: limits.restoresReady })
    await writer.stop('in the end')

    await expect(history).toUphold(holdsAcknowledgedPrefix({ moments: await series.read() }), { as: 'prefix' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'writer', restarts: 'none' }), { as: 'same-pod' })
  },
)
