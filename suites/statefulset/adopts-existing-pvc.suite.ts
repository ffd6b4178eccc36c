import { expect } from 'vitest'
import {
  pvcsByTemplate,
  conformance,
  keepsItsVolume,
  pod,
  podGone,
  podReady,
  pvc,
  statefulSet,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/adopts-existing-pvc',
    statement: 'A StatefulSet Pod uses an existing PVC of the expected name as it is, with its data.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'stable-storage' },
    requires: ['DynamicProvisioning'],
    mutants: ['volume-not-mounted'],
    proves: { 'statefulset.adopts-existing-pvc': { used: ['data', 'same-volume'], 'no-new': 'by-template' } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const writer = volumeIn('writer', { namespace, measure })
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data-web-0', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data-web-0' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await writer.fill()
    const before = await writer.readTree('before there was a StatefulSet')
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podGone({ pod: 'writer' }), { within: limits.podDeleted })

    await namespace.apply(web)
    await expect(pods).toReach(podReady({ pod: 'web-0' }), { within: limits.podReady })

    const after = await volumeIn('web-0', { namespace, measure }).readTree('in the Pod of the StatefulSet')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'data' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'same-volume' })
    await expect(history).toUphold(pvcsByTemplate({ template: 'data', size: sizes.small, pods: ['web-0'] }), { as: 'by-template' })
  },
)
