import { expect } from 'vitest'
import {
  allReady,
  conformance,
  neverHeldBySource,
  pod,
  podReady,
  pvc,
  snapshotsWhileWriting,
  staysTheSamePod,
  snapshotClassName,
  tornSnapshotClass,
  until,
  writerIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/not-taken-at-once',
    statement:
      'Kubernetes does not make a VolumeSnapshot atomic. Where the driver copies a volume in use in parts, the VolumeSnapshot is ready all the same, and a restored volume may hold a state that the source never had.',
    level: 'MAY',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'DriverFaults'],
    mutants: ['restore-current-source'],
    proves: { 'snapshot.in-use-volume': { 'not-atomic': ['torn', 'same-pod'] } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const torn = tornSnapshotClass(snapshotClassName(namespace.name, 'torn'), { cluster })
    const inParts = { ...fixtures, cluster: { ...cluster, snapshotClass: torn.metadata.name } }
    const writer = writerIn('writer', fixtures, ['/data'])
    const series = snapshotsWhileWriting({ fixtures: inParts, of: 'source', size: sizes.small, writer, rounds: 3 })
    const pods = await observe.pods()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvcs()
    await namespace.apply(torn)
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await writer.start()

    await series.take(volumeSnapshots)
    await series.restore()
    await until(pods, allReady({ pods: series.readers }), { within: limits.restoresReady })
    await writer.stop('in the end')

    await expect(history).toUphold(neverHeldBySource({ moments: await series.read() }), { as: 'torn' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'writer', restarts: 'none' }), { as: 'same-pod' })
  },
)
