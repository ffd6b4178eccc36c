import { expect } from 'vitest'
import {
  calledSince,
  conformance,
  deployment,
  driverNotAsked,
  logHoldsExactly,
  measureDriverCalls,
  nodeToDisrupt,
  oneNodeAtATime,
  onlyPodReady,
  otherWorker,
  podGone,
  podNotStarted,
  podOf,
  podReady,
  premise,
  pvc,
  readWrites,
  replacementOf,
  slowClass,
  storedWith,
  together,
  until,
  volumeIn,
  writerIn,
  wroteNoMore,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/reboot-before-unmount',
    statement:
      'When the node of a drained Pod goes down before it has unmounted the ReadWriteOnce volume, the volume stays attached to it until the node is up again. Then it is attached to another node, where the replacement starts with all that was written, and nobody else writes.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    // A slow driver is still unmounting the volume when its node goes down.
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
    proves: {
      'failure.rwo-still-attached': {
        rebooted: ['not-started', 'detached-afterwards', 'started', 'moved', 'acknowledged', 'no-late-writes', 'writes-on'],
      },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, mark, sizes } = fixtures
    const drained = nodeToDisrupt(cluster)
    const slow = namespace.name
    const pods = together(await observe.pods(), await observe.volumeAttachments())
    await observe.pvcs()
    await namespace.apply(slowClass(slow, { cluster }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: slow }))
    await namespace.apply(deployment('app', { cluster, replicas: 1, pvc: 'data', prefersNode: drained }))
    await until(pods, onlyPodReady({ deployment: 'app' }), { within: limits.podReady })
    const first = await podOf(history, 'app')
    await premise(history, storedWith({ kind: 'Pod', name: first, path: ['spec', 'nodeName'], value: drained }))
    const acknowledged = await volumeIn(first, fixtures).appendRecords('before the drain')
    await writerIn(first, fixtures, ['/data/by-first']).start()

    await nodes.drain(drained)
    await until(pods, podGone({ pod: first }), { within: limits.podDeleted })
    await nodes.kill(drained)
    const off = mark('the node is off')
    const interrupted = await measureDriverCalls('when the node was off', fixtures, 'data')
    await premise(history, driverNotAsked({ calls: interrupted, method: 'NodeUnstageVolume' }))
    const second = await replacementOf(history, { deployment: 'app', than: first })
    await expect(pods).toStay(podNotStarted({ pod: second }), { for: limits.staysUnchanged, after: off, as: 'not-started' })
    mark('the node is switched on')
    await nodes.start(drained)
    await expect(pods).toReach(podReady({ pod: second }), { within: limits.nodeBack, as: 'started' })

    const found = await volumeIn(second, fixtures).readRecords('on the other node')
    const left = await readWrites(second, fixtures, { directory: '/data/by-first', label: 'once the volume had moved' })
    const writer = writerIn(second, fixtures, ['/data/by-second'])
    await writer.start()
    const begun = await writer.position('once the volume had moved')
    const moved = mark('the volume has moved')
    await expect(pods).toStay(podReady({ pod: second }), { for: limits.staysUnchanged, after: moved, as: 'started' })
    const ended = await writer.stop('in the end')
    const written = await readWrites(second, fixtures, '/data/by-second')
    const still = await readWrites(second, fixtures, { directory: '/data/by-first', label: 'in the end' })
    const calls = await measureDriverCalls('in the end', fixtures, 'data')
    const detached = calledSince({ calls, method: 'ControllerUnpublishVolume', mark: 'the node is switched on' })
    await expect(history).toUphold(detached, { as: 'detached-afterwards' })
    await expect(history).toUphold(oneNodeAtATime({ pvc: 'data', nodes: [drained, otherWorker(cluster, drained)] }), { as: 'moved' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found }), { as: 'acknowledged' })
    await expect(history).toUphold(wroteNoMore({ first: left, later: still }), { as: 'no-late-writes' })
    await expect(history).toUphold(wroteOn({ before: begun, after: ended, found: written }), { as: 'writes-on' })
  },
)
