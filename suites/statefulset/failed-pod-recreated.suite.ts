import { expect } from 'vitest'
import {
  conformance,
  deadlinePassed,
  keepsItsVolume,
  podAbsent,
  podEnded,
  podReady,
  podReplaced,
  selectorOf,
  statefulSet,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/failed-pod-recreated',
    statement:
      'A StatefulSet Pod that has failed or is deleted is recreated with the same name and volume, even if the PVC retention policy is Delete.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'persistentvolumeclaim-retention' },
    requires: ['DynamicProvisioning'],
    mutants: ['volume-not-mounted'],
    proves: { 'statefulset.failed-pod-recreated': {}, 'statefulset.retention-not-on-pod-loss': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const persistentVolumeClaimRetentionPolicy = { whenScaled: 'Delete', whenDeleted: 'Delete' }
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small, spec: { persistentVolumeClaimRetentionPolicy } })
    const volume = volumeIn('web-0', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    await volume.fill()
    const before = await volume.readTree('before the Pod failed')

    await namespace.patch({ kind: 'Pod', name: 'web-0' }, deadlinePassed)
    await until(pods, podEnded({ pod: 'web-0' }), { within: limits.podDeleted })
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady })
    const failed = await volume.readTree('after the Pod failed')
    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await until(pods, podAbsent({ pod: 'web-0' }), { within: limits.podDeleted })
    await expect(pods).toReach(podReady({ pod: 'web-0' }), { within: limits.podReady })

    const deleted = await volume.readTree('after the Pod was deleted')
    await expect(history).toUphold(treesEqual({ expected: before, actual: failed }))
    await expect(history).toUphold(treesEqual({ expected: before, actual: deleted }))
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }))
  },
)
