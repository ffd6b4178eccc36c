import { expect } from 'vitest'
import {
  conformance,
  differentVolumes,
  logHoldsExactly,
  pod,
  podReady,
  pvc,
  roundTrip,
  staysTheSamePod,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/namespace-mapping',
    statement:
      'A Restore with a namespace mapping copies a Backup into another namespace while the original runs. The copy has the data in its own volume, and neither sees later writes of the other.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/restore-reference/', section: 'restoring-into-a-different-namespace' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI'],
    mutants: ['restore-shares-source', 'restore-drops-file'],
    proves: { 'velero.namespace-mapping': { copied: ['same-data', 'volumes'], original: 'original' } },
  },
  async (fixtures) => {
    const { namespace, additionalNamespace, observe, history, limits, cluster, sizes } = fixtures
    const [original, copy] = [volumeIn('keeper', fixtures), volumeIn('keeper', additionalNamespace('copy'))]
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data', into: 'copy' })
    const pods = await observe.pods()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })
    await trip.write({ files: 100, bytes: '4Mi' })

    await trip.backUp()
    await trip.restore()
    const { trees, logs } = await trip.compare()
    const later = { original: await original.appendRecords('in the original later'), copy: await copy.appendRecords('in the copy later') }

    const found = { original: await original.readRecords('in the original at last'), copy: await copy.readRecords('in the copy at last') }
    await expect(history).toUphold(treesEqual(trees), { as: 'same-data' })
    await expect(history).toUphold(logHoldsExactly(logs), { as: 'same-data' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged: [logs.acknowledged, later.original].flat(), found: found.original }), {
      as: 'original',
    })
    await expect(history).toUphold(logHoldsExactly({ acknowledged: [logs.acknowledged, later.copy].flat(), found: found.copy }), {
      as: 'volumes',
    })
    await expect(history).toUphold(differentVolumes({ pvcs: ['data', 'copy/data'] }), { as: 'volumes' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'keeper', restarts: 'none' }), { as: 'original' })
  },
)
