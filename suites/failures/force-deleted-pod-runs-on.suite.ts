import { expect } from 'vitest'
import {
  allReady,
  conformance,
  nodeLost,
  nodeToDisrupt,
  oneNodeAtATime,
  otherWorker,
  podNotStarted,
  podReplaced,
  podWarned,
  premise,
  readWrites,
  statefulSet,
  storedWith,
  together,
  until,
  volumeAttached,
  writerIn,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/force-deleted-pod-runs-on',
    statement:
      'Force deletion of Pods on a node whose network is cut off frees their names at once, while their containers run on. Without a volume, two Pods of one name run. With a ReadWriteOnce volume, the second does not start before the node has let go of it, and then finds all that the first wrote.',
    level: 'MUST',
    source: { page: 'tasks/run-application/force-delete-stateful-set-pod/', section: 'force-deletion' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes', 'VolumeAttachments', 'NodeScheduling', 'NodeControl'],
    mutants: ['attachment-deleted-with-pod'],
    proves: {
      'failure.force-delete-duplicates': { two: ['second-runs', 'first-runs-on', 'second-writes'] },
      'failure.force-delete-frees-name': {
        free: ['second-runs'],
        created: ['name-freed'],
        attached: ['not-started', 'stays-attached', 'started-later'],
      },
      'failure.emergency-force-delete-fixes-mount': {
        name: ['second-runs', 'name-freed'],
        'lost-node': ['name-freed', 'not-started', 'stays-attached'],
      },
      'failure.rwo-still-attached': { released: ['started-later', 'moved', 'writes-on'] },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, mark, sizes } = fixtures
    const cut = nodeToDisrupt(cluster)
    const other = otherWorker(cluster, cut)
    const pods = together(await observe.pods(), await observe.volumeAttachments(), await observe.podEvents())
    const machines = await observe.nodes()
    await observe.pvcs()
    await namespace.apply(statefulSet('web', { cluster, replicas: 1, data: sizes.small, prefersNode: cut }))
    await namespace.apply(statefulSet('lone', { cluster, replicas: 1, prefersNode: cut }))
    await until(pods, allReady({ pods: ['web-0', 'lone-0'] }), { within: limits.statefulSetReady })
    await premise(history, storedWith({ kind: 'Pod', name: 'web-0', path: ['spec', 'nodeName'], value: cut }))
    await premise(history, storedWith({ kind: 'Pod', name: 'lone-0', path: ['spec', 'nodeName'], value: cut }))
    // While the network is cut off, only the container runtime of the node can reach its Pods.
    const inside = { ...fixtures, namespace: nodes.containersOn(cut) }
    const web = writerIn('web-0', inside, ['/data'])
    const first = writerIn('lone-0', inside, ['/tmp/by-first'])
    const second = writerIn('lone-0', fixtures, ['/tmp/by-second'])
    await writerIn('web-0', fixtures, ['/data']).start()
    await writerIn('lone-0', fixtures, ['/tmp/by-first']).start()

    await nodes.disconnect(cut)
    await until(machines, nodeLost({ node: cut }), { within: limits.nodeLost })
    await namespace.delete({ kind: 'Pod', name: 'lone-0' }, { gracePeriodSeconds: 0 })
    await namespace.delete({ kind: 'Pod', name: 'web-0' }, { gracePeriodSeconds: 0 })
    await expect(pods).toReach(podReplaced({ pod: 'lone-0' }), { within: limits.podReady, as: 'second-runs' })
    await expect(pods).toReach(podNotStarted({ pod: 'web-0' }), { within: limits.podReady, as: 'name-freed' })
    await second.start()
    const [firstBefore, secondBefore] = [
      await first.position('of the first, while two run'),
      await second.position('of the second, while two run'),
    ]
    const webBefore = await web.position('while another of its name waits')
    await expect(pods).toReach(podWarned({ pod: 'web-0', by: 'attachdetach-controller' }), {
      within: limits.podReady,
      as: 'not-started',
    })
    const waiting = mark('the second waits')
    await expect(pods).toStay(podNotStarted({ pod: 'web-0' }), { for: limits.staysLost, after: waiting, as: 'not-started' })
    await expect(pods).toStay(volumeAttached({ pvc: 'data-web-0', node: cut }), {
      for: limits.staysLost,
      after: waiting,
      as: 'stays-attached',
    })
    const [firstAfter, secondAfter] = [await first.stop('of the first, in the end'), await second.stop('of the second, in the end')]
    const webAfter = await web.stop('before its node was reconnected')
    const firstFound = await readWrites('lone-0', inside, '/tmp/by-first')
    await nodes.reconnect(cut)
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.nodeBack, as: 'started-later' })

    const secondFound = await readWrites('lone-0', fixtures, '/tmp/by-second')
    const webFound = await readWrites('web-0', fixtures, '/data')
    await expect(history).toUphold(wroteOn({ before: firstBefore, after: firstAfter, found: firstFound }), { as: 'first-runs-on' })
    await expect(history).toUphold(wroteOn({ before: secondBefore, after: secondAfter, found: secondFound }), { as: 'second-writes' })
    await expect(history).toUphold(wroteOn({ before: webBefore, after: webAfter, found: webFound }), { as: 'writes-on' })
    await expect(history).toUphold(oneNodeAtATime({ pvc: 'data-web-0', nodes: [cut, other] }), { as: 'moved' })
  },
)
