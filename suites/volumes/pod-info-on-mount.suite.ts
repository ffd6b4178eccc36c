import { expect } from 'vitest'
import {
  conformance,
  measureDriverCalls,
  pod,
  podReady,
  publishedFor,
  pvc,
  unpublishedLast,
  until,
  volumeDetached,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/pod-info-on-mount',
    statement:
      'A CSI driver with podInfoOnMount is told which Pod mounts a volume. It is asked to unpublish the volume only after the containers of the Pod have ended.',
    level: 'MAY',
    source: { page: 'https://kubernetes-csi.github.io/docs/pod-info.html', section: 'pod-info-on-mount-with-csi-driver-object' },
    requires: ['DynamicProvisioning', 'DriverCallLog'],
    mutants: ['pvc-replaced-by-scratch'],
    proves: { 'volume.attrs-per-pod-info': { told: 'told' }, 'volume.terminating-pod-delays-unmount': { afterwards: 'unpublished-last' } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const pods = await observe.pods()
    const attachments = await observe.volumeAttachments()
    await observe.pvcs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('holder', { cluster, pvc: 'data', termination: 'after-a-moment' }))
    await until(pods, podReady({ pod: 'holder' }), { within: limits.podReady })
    const mounted = await measureDriverCalls('while mounted', { cluster, history, measure }, 'data')
    await expect(history).toUphold(publishedFor({ calls: mounted, pod: 'holder' }), { as: 'told' })

    await namespace.delete({ kind: 'Pod', name: 'holder' })
    await until(attachments, volumeDetached({ pvc: 'data' }), { within: limits.attachmentAnswered })

    const calls = await measureDriverCalls('in the end', { cluster, history, measure }, 'data')
    await expect(history).toUphold(unpublishedLast({ calls, pod: 'holder' }), { as: 'unpublished-last' })
  },
)
