import { expect } from 'vitest'
import {
  attachmentsOnlyFor,
  attachmentUndone,
  attachRefused,
  conformance,
  oneNodeAtATime,
  pod,
  podNotStarted,
  podReady,
  podScheduled,
  pvc,
  twoWorkers,
  until,
  volumeAttachment,
} from '../../harness/index.ts'

conformance(
  {
    id: 'access-modes/rwo-second-node-refused',
    statement:
      'A ReadWriteOnce volume in use on one node cannot be attached to a second node. The driver refuses the attachment, and a Pod on the second node does not start.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes', 'VolumeAttachments'],
    mutants: ['attach-on-two-nodes'],
    proves: {
      'access.rwo-second-node-blocked': { attached: ['never-asked', 'refused-by-driver', 'not-started', 'one-node', 'started-later'] },
    },
    pace: 'quick',
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const [one, other] = twoWorkers(cluster)
    const pods = await observe.pods()
    const attachments = await observe.volumeAttachments()
    await observe.pvcs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('first', { cluster, pvc: 'data', node: one }))
    await until(pods, podReady({ pod: 'first' }), { within: limits.podReady })

    await namespace.apply(pod('second', { cluster, pvc: 'data', node: other }))
    await until(pods, podScheduled({ pod: 'second' }), { within: limits.podReady })
    const scheduled = mark('second Pod scheduled')
    // Kubernetes itself refuses a volume that it knows to be attached. This asks the driver directly.
    const { name: volume } = await namespace.pvOf('data')
    const byHand = volumeAttachment(`${namespace.name}-second`, { driver: cluster.driver, node: other, volume })
    await namespace.apply(byHand)
    await expect(attachments).toReach(attachRefused({ pvc: 'data', node: other }), {
      within: limits.attachmentAnswered,
      as: 'refused-by-driver',
    })
    await expect(pods).toStay(podNotStarted({ pod: 'second' }), { for: limits.staysUnchanged, after: scheduled, as: 'not-started' })

    const onlyFirst = attachmentsOnlyFor({ pvc: 'data', nodes: [one], byHand: byHand.metadata.name })
    await expect(history).toUphold(onlyFirst, { as: 'never-asked' })
    await expect(history).toUphold(oneNodeAtATime({ pvc: 'data', nodes: [one] }), { as: 'one-node' })
    await namespace.delete(byHand)
    await until(attachments, attachmentUndone({ pvc: 'data', node: other }), { within: limits.attachmentAnswered })
    await namespace.delete({ kind: 'Pod', name: 'first' })
    await expect(pods).toReach(podReady({ pod: 'second' }), { within: limits.podReady, as: 'started-later' })
    await expect(history).toUphold(oneNodeAtATime({ pvc: 'data', nodes: [one, other] }), { as: 'one-node' })
  },
)
