import { expect } from 'vitest'
import {
  apiServerAway,
  conformance,
  driverNotAsked,
  measureApiServer,
  measureContainers,
  measureDriverCalls,
  nodeToDisrupt,
  pod,
  podPresent,
  podReady,
  premise,
  publishedFor,
  pvc,
  readWrites,
  sameContainers,
  staysTheSamePod,
  until,
  volumeDetached,
  writerIn,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/kubelet-restart',
    statement:
      'A Pod keeps writing while the kubelet of its node is restarted, although that kubelet cannot reach the API server. Its container is not restarted, and its volume is not unmounted, then nor once the API server answers. Afterwards the volume can be mounted and unmounted as before.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/volumes/', section: 'csi' },
    requires: ['DynamicProvisioning', 'VolumeAttachments', 'DriverCallLog', 'NodeControl'],
    mutants: ['alive-by-api-server'],
    proves: {
      'failure.kubelet-restart-keeps-mounts': {
        writes: 'writes-on',
        'not-restarted': ['same-container', 'same-pod'],
        'not-unmounted': ['published', 'not-unpublished', 'not-unstaged'],
        'serves-again': ['mounted-later', 'unmounted-later'],
      },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, mark, sizes } = fixtures
    const node = nodeToDisrupt(cluster)
    // While the network is cut off, only the container runtime of the node can reach the Pod.
    const containers = nodes.containersOn(node)
    const inside = { ...fixtures, containers, namespace: containers }
    const writer = writerIn('writer', inside, ['/data'])
    const pods = await observe.pods()
    const attachments = await observe.volumeAttachments()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data', node }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await writerIn('writer', fixtures, ['/data']).start()
    const reached = await measureApiServer('before', inside, node)
    const first = await measureContainers('before', inside, 'writer')
    const before = await writer.position('before the kubelet was restarted')

    await nodes.disconnect(node)
    await premise(history, apiServerAway({ before: reached, away: await measureApiServer('cut off', inside, node) }))
    const cutOff = await measureContainers('cut off', inside, 'writer')
    await expect(history).toUphold(sameContainers({ before: first, after: cutOff }), { as: 'same-container' })
    await nodes.restartKubelet(node)
    const restarted = mark('the kubelet was restarted')
    await expect(pods).toStay(podPresent({ pod: 'writer' }), { for: limits.staysLost, after: restarted })
    const last = await measureContainers('after the kubelet was restarted', inside, 'writer')
    await expect(history).toUphold(sameContainers({ before: first, after: last }), { as: 'same-container' })
    await nodes.reconnect(node)
    await namespace.apply(pod('reader', { cluster, pvc: 'data', beside: 'writer' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.afterCrash, as: 'mounted-later' })
    await until(pods, podReady({ pod: 'writer' }), { within: limits.nodeBack })
    const reconnected = mark('the kubelet starts Pods again')
    await expect(pods).toStay(podReady({ pod: 'writer' }), { for: limits.staysUnchanged, after: reconnected, as: 'same-pod' })
    const after = await writer.stop('after a second Pod had mounted the volume')

    const found = await readWrites('reader', fixtures, '/data')
    const calls = await measureDriverCalls('while both Pods ran', fixtures, 'data')
    await expect(history).toUphold(staysTheSamePod({ pod: 'writer', restarts: 'none' }), { as: 'same-pod' })
    await expect(history).toUphold(wroteOn({ before, after, found }), { as: 'writes-on' })
    await expect(history).toUphold(publishedFor({ calls, pod: 'writer' }), { as: 'published' })
    await expect(history).toUphold(driverNotAsked({ calls, method: 'NodeUnpublishVolume' }), { as: 'not-unpublished' })
    await expect(history).toUphold(driverNotAsked({ calls, method: 'NodeUnstageVolume' }), { as: 'not-unstaged' })
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await namespace.delete({ kind: 'Pod', name: 'reader' })
    await expect(attachments).toReach(volumeDetached({ pvc: 'data' }), { within: limits.attachmentAnswered, as: 'unmounted-later' })
  },
)
