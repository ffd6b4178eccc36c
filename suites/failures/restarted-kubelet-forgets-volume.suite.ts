import { expect } from 'vitest'
import {
  conformance,
  deployment,
  kubeletTurns,
  logHoldsExactly,
  longerThanKubeletRestart,
  measureDriverCalls,
  nodeToDisrupt,
  onlyPodReady,
  podGone,
  podOf,
  podReady,
  premise,
  pvc,
  replacementOf,
  slowClass,
  storedWith,
  together,
  unstageForgotten,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/restarted-kubelet-forgets-volume',
    statement:
      'When the kubelet of a node is restarted after it has unpublished the volume of a drained Pod, it does not ask to unstage it again. The volume is detached while it is staged, and a Pod on another node starts with all that was acknowledged.',
    level: 'MAY',
    source: { page: 'https://github.com/container-storage-interface/spec/blob/master/spec.md', section: 'controllerunpublishvolume' },
    // A slow driver is still unmounting the volume when the kubelet is restarted.
    requires: [
      'DynamicProvisioning',
      'MultipleNodes',
      'MovableVolumes',
      'VolumeAttachments',
      'DriverCallLog',
      'DriverFaults',
      'NodeScheduling',
      'NodeControl',
    ],
    mutants: ['attachment-deleted-with-pod'],
    proves: { 'csi.reverse-teardown': { forgotten: 'forgotten', kept: ['elsewhere', 'kept'] } },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, mark, sizes } = fixtures
    const drained = nodeToDisrupt(cluster)
    const slow = namespace.name
    const pods = together(await observe.pods(), await observe.volumeAttachments())
    await observe.pvcs()
    await namespace.apply(slowClass(slow, { cluster, seconds: longerThanKubeletRestart }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: slow }))
    await namespace.apply(deployment('app', { cluster, replicas: 1, pvc: 'data', prefersNode: drained }))
    await until(pods, onlyPodReady({ deployment: 'app' }), { within: limits.podReady })
    const first = await podOf(history, 'app')
    await premise(history, storedWith({ kind: 'Pod', name: first, path: ['spec', 'nodeName'], value: drained }))
    const acknowledged = await volumeIn(first, fixtures).appendRecords('before the drain')

    await nodes.drain(drained)
    await until(pods, podGone({ pod: first }), { within: limits.podDeleted })
    // It has unpublished the volume, and asks to unstage it next.
    await kubeletTurns()
    mark('the kubelet is restarted')
    await nodes.restartKubelet(drained)
    mark('the kubelet was restarted')
    const second = await replacementOf(history, { deployment: 'app', than: first })
    await expect(pods).toReach(podReady({ pod: second }), { within: limits.nodeBack, as: 'elsewhere' })

    const found = await volumeIn(second, fixtures).readRecords('on the other node')
    const calls = await measureDriverCalls('in the end', fixtures, 'data')
    await expect(history).toUphold(unstageForgotten({ calls, from: 'the kubelet is restarted', to: 'the kubelet was restarted' }), {
      as: 'forgotten',
    })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found }), { as: 'kept' })
  },
)
