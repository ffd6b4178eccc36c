import { expect } from 'vitest'
import {
  conformance,
  fileSystemSized,
  inlinePod,
  noPvcsCreated,
  podGone,
  podReady,
  treesEqual,
  until,
  volumeEmpty,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/inline-ephemeral',
    statement:
      'A CSI ephemeral volume is created for its Pod alone: writable, of the requested size and without a PVC. Its data is gone with the Pod.',
    level: 'MUST',
    source: { page: 'concepts/storage/ephemeral-volumes/', section: 'csi-ephemeral-volumes' },
    requires: ['EphemeralInlineVolumes'],
    mutants: ['volume-not-mounted'],
    proves: { 'pod.csi-inline-ephemeral': { made: ['sized', 'no-objects'], own: ['empty', 'others-stay'] } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const volume = volumeIn('scratch', { namespace, measure })
    const neighbour = volumeIn('neighbour', { namespace, measure })
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()

    await namespace.apply(inlinePod('scratch', { cluster, size: sizes.small }))
    await namespace.apply(inlinePod('neighbour', { cluster, size: sizes.small }))
    await expect(pods).toReach(podReady({ pod: 'scratch' }), { within: limits.podReady })
    await expect(pods).toReach(podReady({ pod: 'neighbour' }), { within: limits.podReady })
    await volume.fill()
    await neighbour.fill()
    const before = await neighbour.readTree('before the other Pod was deleted')
    const size = await volume.readSize('in use')
    await namespace.delete({ kind: 'Pod', name: 'scratch' })
    await until(pods, podGone({ pod: 'scratch' }), { within: limits.podDeleted })
    await namespace.apply(inlinePod('scratch', { cluster, size: sizes.small }))
    await expect(pods).toReach(podReady({ pod: 'scratch' }), { within: limits.podReady })
    const again = await volume.readTree('in another Pod of the name')
    const after = await neighbour.readTree('after the other Pod was deleted')

    await expect(history).toUphold(fileSystemSized({ found: size, size: sizes.small }), { as: 'sized' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'others-stay' })
    await expect(history).toUphold(volumeEmpty({ found: again }), { as: 'empty' })
    await expect(history).toUphold(noPvcsCreated({ pod: 'scratch' }), { as: 'no-objects' })
  },
)
