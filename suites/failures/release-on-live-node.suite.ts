import { expect } from 'vitest'
import {
  conformance,
  crash,
  deployment,
  measureDriverCalls,
  nodeToDisrupt,
  oneNodeAtATime,
  onlyPodReady,
  otherWorker,
  podGone,
  podNotStarted,
  podOf,
  podReady,
  podTerminating,
  podWarned,
  premise,
  pvc,
  readWrites,
  replacementOf,
  replacementPending,
  storedWith,
  together,
  unstagedFirst,
  until,
  withLongGracePeriod,
  writerIn,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/release-on-live-node',
    statement:
      'When a node is drained whose Pod does not end, the replacement on another node waits for the ReadWriteOnce volume. Force deletion removes the Pod, while its containers run on, write and keep the volume. Once they have ended, the node unmounts the volume, it is detached, and the replacement starts with all that was written.',
    level: 'MUST',
    source: { page: 'concepts/workloads/pods/pod-lifecycle/', section: 'pod-termination-forced' },
    requires: [
      'DynamicProvisioning',
      'MultipleNodes',
      'MovableVolumes',
      'VolumeAttachments',
      'DriverCallLog',
      'NodeScheduling',
      'NodeControl',
    ],
    mutants: ['attachment-deleted-with-pod'],
    proves: {
      'failure.rwo-still-attached': {
        waits: ['warned', 'not-started', 'writes-on'],
        released: ['started', 'moved', 'unmounted-first', 'writes-on'],
      },
      'failure.emergency-force-delete-fixes-mount': {
        'live-node': ['gone', 'still-waits', 'writes-on'],
        unmounted: ['started', 'unmounted-first', 'moved'],
      },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, mark, sizes } = fixtures
    const drained = nodeToDisrupt(cluster)
    const app = deployment('app', { cluster, replicas: 1, pvc: 'data', prefersNode: drained, termination: 'never' })
    const pods = together(await observe.pods(), await observe.volumeAttachments(), await observe.podEvents())
    await observe.pvcs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(withLongGracePeriod(app))
    await until(pods, onlyPodReady({ deployment: 'app' }), { within: limits.podReady })
    const first = await podOf(history, 'app')
    await premise(history, storedWith({ kind: 'Pod', name: first, path: ['spec', 'nodeName'], value: drained }))
    // Once the Pod is gone, only the container runtime of its node can reach its containers.
    const inside = nodes.containersOn(drained)
    const writer = writerIn(first, { ...fixtures, namespace: inside }, ['/data'])
    await writerIn(first, fixtures, ['/data']).start()

    await nodes.drain(drained)
    await until(pods, podTerminating({ pod: first }), { within: limits.podDeleted })
    await until(pods, replacementPending({ deployment: 'app', than: first }), { within: limits.podReady })
    const second = await replacementOf(history, { deployment: 'app', than: first })
    await expect(pods).toReach(podWarned({ pod: second, by: 'attachdetach-controller' }), { within: limits.podReady, as: 'warned' })
    const waiting = mark('the replacement waits')
    await expect(pods).toStay(podNotStarted({ pod: second }), { for: limits.staysUnchanged, after: waiting, as: 'not-started' })
    await namespace.delete({ kind: 'Pod', name: first }, { gracePeriodSeconds: 0 })
    await expect(pods).toReach(podGone({ pod: first }), { within: limits.podDeleted, as: 'gone' })
    const gone = mark('force-deleted')
    const before = await writer.position('once the Pod was gone')
    await expect(pods).toStay(podNotStarted({ pod: second }), { for: limits.staysUnchanged, after: gone, as: 'still-waits' })
    const after = await writer.stop('before the containers ended')
    await inside.exec(first, crash)
    await expect(pods).toReach(podReady({ pod: second }), { within: limits.podReady, as: 'started' })

    const found = await readWrites(second, fixtures, '/data')
    const calls = await measureDriverCalls('in the end', fixtures, 'data')
    await expect(history).toUphold(wroteOn({ before, after, found }), { as: 'writes-on' })
    await expect(history).toUphold(unstagedFirst({ calls }), { as: 'unmounted-first' })
    await expect(history).toUphold(oneNodeAtATime({ pvc: 'data', nodes: [drained, otherWorker(cluster, drained)] }), { as: 'moved' })
  },
)
