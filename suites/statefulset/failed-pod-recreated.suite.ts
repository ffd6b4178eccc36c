import { expect } from 'vitest'
import {
  conformance,
  deadlinePassed,
  keepsItsVolume,
  onePodPerName,
  podGone,
  podEnded,
  podPresent,
  podReady,
  podRecreated,
  podReplaced,
  podsAre,
  schedulable,
  statefulSet,
  treesEqual,
  unscheduled,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/failed-pod-recreated',
    statement:
      'A StatefulSet Pod that has failed or succeeded or is deleted is recreated with the same name and volume, even if the PVC retention policy is Delete.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'persistentvolumeclaim-retention' },
    requires: ['DynamicProvisioning'],
    mutants: ['volume-not-mounted'],
    proves: {
      'statefulset.failed-pod-recreated': {
        failed: 'replaced',
        succeeded: 'succeeded-replaced',
        identity: ['named', 'data', 'same-volume'],
      },
      'statefulset.retention-not-on-pod-loss': { deleted: 'same-volume' },
      'statefulset.at-most-one': { replaced: 'one-pod' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const persistentVolumeClaimRetentionPolicy = { whenScaled: 'Delete', whenDeleted: 'Delete' }
    const options = { cluster, replicas: 1, data: sizes.small, termination: 'after-a-moment' } as const
    const web = statefulSet('web', { ...options, spec: { persistentVolumeClaimRetentionPolicy } })
    // The kubelet restarts the containers of a StatefulSet, and takes back what others write of a Pod of its node: only a Pod on no node
    // succeeds because somebody says so.
    const done = unscheduled(statefulSet('done', { cluster, replicas: 1 }))
    const volume = volumeIn('web-0', { namespace, measure })
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await namespace.apply(done)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    await until(pods, podPresent({ pod: 'done-0' }), { within: limits.podReady })
    await volume.fill()
    const before = await volume.readTree('before the Pod failed')

    await namespace.patch({ kind: 'Pod', name: 'web-0' }, deadlinePassed)
    await namespace.patchStatus({ kind: 'Pod', name: 'done-0' }, { phase: 'Succeeded' })
    await until(pods, podEnded({ pod: 'web-0', phase: 'Failed' }), { within: limits.podDeleted })
    await until(pods, podEnded({ pod: 'done-0', phase: 'Succeeded' }), { within: limits.podDeleted })
    await expect(pods).toReach(podRecreated({ pod: 'done-0' }), { within: limits.podReady, as: 'succeeded-replaced' })
    await namespace.patch({ kind: 'Pod', name: 'done-0' }, schedulable)
    await expect(pods).toReach(podReplaced({ pod: 'done-0' }), { within: limits.podReady, as: 'succeeded-replaced' })
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady, as: 'replaced' })
    await expect(history).toUphold(podsAre({ statefulSet: 'web', pods: ['web-0'] }), { as: 'named' })
    const failed = await volume.readTree('after the Pod failed')
    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await until(pods, podGone({ pod: 'web-0' }), { within: limits.podDeleted })
    await expect(pods).toReach(podReady({ pod: 'web-0' }), { within: limits.podReady })

    const deleted = await volume.readTree('after the Pod was deleted')
    await expect(history).toUphold(treesEqual({ expected: before, actual: failed }), { as: 'data' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: deleted }))
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'same-volume' })
    await expect(history).toUphold(onePodPerName({ pod: 'web-0' }), { as: 'one-pod' })
  },
)
