import { expect } from 'vitest'
import {
  conformance,
  fileSystemSized,
  inlinePod,
  noPvcsCreated,
  podAbsent,
  podReady,
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
    proves: { 'pod.csi-inline-ephemeral': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const volume = volumeIn('scratch', { namespace, measure })
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()

    await namespace.apply(inlinePod('scratch', { cluster, size: sizes.small }))
    await expect(pods).toReach(podReady({ pod: 'scratch' }), { within: limits.podReady })
    await volume.fill()
    const size = await volume.readSize('in use')
    await namespace.delete({ kind: 'Pod', name: 'scratch' })
    await until(pods, podAbsent({ pod: 'scratch' }), { within: limits.podDeleted })
    await namespace.apply(inlinePod('scratch', { cluster, size: sizes.small }))
    await expect(pods).toReach(podReady({ pod: 'scratch' }), { within: limits.podReady })
    const again = await volume.readTree('in another Pod of the name')

    await expect(history).toUphold(fileSystemSized({ found: size, size: sizes.small }))
    await expect(history).toUphold(volumeEmpty({ found: again }))
    await expect(history).toUphold(noPvcsCreated({ pod: 'scratch' }))
  },
)
