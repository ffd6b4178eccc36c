import { expect } from 'vitest'
import { conformance, inlinePod, inlineVolumeDestroyed, measureInlineVolumes, podAbsent, podReady, until } from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/inline-ephemeral-destroyed',
    statement:
      'The CSI driver makes an inline volume when its Pod starts, and destroys it, with all that it holds, when the Pod is deleted.',
    level: 'MUST',
    source: { page: 'concepts/storage/ephemeral-volumes/', section: 'csi-ephemeral-volumes' },
    requires: ['EphemeralInlineVolumes', 'DriverCallLog'],
    mutants: ['volume-not-mounted'],
    proves: { 'pod.csi-inline-ephemeral': { destroyed: 'destroyed' } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const pods = await observe.pods()
    await namespace.apply(inlinePod('scratch', { cluster, size: sizes.small }))
    await until(pods, podReady({ pod: 'scratch' }), { within: limits.podReady })

    const inUse = await measureInlineVolumes('in use', fixtures, 'scratch')
    await namespace.delete({ kind: 'Pod', name: 'scratch' })
    await until(pods, podAbsent({ pod: 'scratch' }), { within: limits.podDeleted })
    const after = await measureInlineVolumes('once the Pod was gone', fixtures, 'scratch')

    await expect(history).toUphold(inlineVolumeDestroyed({ inUse, after }), { as: 'destroyed' })
  },
)
