import { expect } from 'vitest'
import {
  pvcBoundToPv,
  conformance,
  pod,
  podGone,
  podReady,
  pvc,
  pvcPresent,
  pvcsIn,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'data-sources/volume-populator',
    statement:
      'A PVC whose dataSourceRef names a custom resource stays Pending until a volume populator hands over a filled volume. Then it is Bound to that volume and has its content.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'volume-populators-and-data-sources' },
    requires: ['DynamicProvisioning'],
    mutants: ['data-source-forgotten', 'volume-not-mounted'],
    proves: { 'datasource.any-volume-populator': { waits: 'waits', filled: ['handed-over', 'same-content'] } },
    since: '1.24',
    gate: 'AnyVolumeDataSource',
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const cake = { apiGroup: 'example.com', kind: 'Recipe', name: 'cake' }
    const filler = volumeIn('filler', { namespace, measure })
    const reader = volumeIn('reader', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('target', { cluster, size: sizes.small, dataSourceRef: cake }))
    await until(pvcs, pvcPresent({ pvc: 'target' }), { within: limits.pvcBound })
    const asked = mark('asked for')

    // A populator fills the volume of a PVC of its own, then hands the volume over to the waiting PVC.
    await namespace.apply(pvc('prime', { cluster, size: sizes.small }))
    await namespace.apply(pod('filler', { cluster, pvc: 'prime' }))
    await until(pods, podReady({ pod: 'filler' }), { within: limits.podReady })
    await filler.fill()
    const before = await filler.readTree('filled')
    await namespace.delete({ kind: 'Pod', name: 'filler' })
    await until(pods, podGone({ pod: 'filler' }), { within: limits.podDeleted })
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['target'], phase: 'Pending' }), { for: limits.staysUnchanged, after: asked, as: 'waits' })
    const volume = await namespace.pvOf('prime')
    await namespace.patch(volume, { spec: { claimRef: { name: 'target', uid: null, resourceVersion: null } } })
    await namespace.apply(pod('reader', { cluster, pvc: 'target' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })

    const after = await reader.readTree('handed over')
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'target', volume: volume.name }), { as: 'handed-over' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-content' })
  },
)
