import { expect } from 'vitest'
import {
  allReady,
  conformance,
  deployment,
  nodeNotReady,
  nodeReady,
  nodeToDisrupt,
  oneNodeAtATime,
  onlyPodReady,
  otherWorker,
  pod,
  podOf,
  podReplaced,
  premise,
  pvc,
  readWrites,
  replacementPending,
  replacementReady,
  statefulSet,
  staysAttached,
  staysTheSamePod,
  storedWith,
  together,
  treesEqual,
  until,
  volumeAttached,
  volumeIn,
  writerIn,
  wroteNoMore,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/out-of-service-taint',
    statement:
      'The out-of-service taint frees the Pods and volumes of a node that was switched off, well before any timer would. StatefulSet and Deployment run elsewhere with their data, and when the node is back, it does not write to what it had. A Pod with a node-local volume waits for its node and finds its data there.',
    level: 'MUST',
    source: { page: 'concepts/cluster-administration/node-shutdown/', section: 'non-graceful-node-shutdown' },
    requires: [
      'DynamicProvisioning',
      'MultipleNodes',
      'MovableVolumes',
      'VolumeAttachments',
      'NodeLocalVolumes',
      'NodeScheduling',
      'NodeControl',
    ],
    mutants: ['taints-tolerated'],
    proves: {
      'failure.out-of-service-taint': {
        pods: ['set-replaced', 'deployment-replaced'],
        volumes: ['set-moved', 'deployment-moved'],
        others: ['survivor-stays', 'survivor-attached'],
        returns: ['no-late-writes', 'writes-on', 'stays-moved'],
      },
      'failure.deployment-node-loss': {
        freed: ['deployment-replaced', 'deployment-moved', 'deployment-data'],
        local: ['local-created', 'local-waits'],
      },
      'failure.node-local-volume-stays': {
        pending: ['local-created', 'local-waits'],
        'same-node': ['local-waits', 'local-node'],
        data: ['local-returns', 'local-data'],
      },
      'failure.recovery-5-15-min': { tainted: ['set-replaced', 'deployment-replaced'], local: ['local-created', 'local-waits'] },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, mark, sizes } = fixtures
    const lost = nodeToDisrupt(cluster)
    const other = otherWorker(cluster, lost)
    const pods = together(await observe.pods(), await observe.volumeAttachments())
    const machines = await observe.nodes()
    await observe.pvcs()
    for (const name of ['movable', 'beside']) await namespace.apply(pvc(name, { cluster, size: sizes.small }))
    await namespace.apply(pvc('local', { cluster, size: sizes.small, storageClass: cluster.storageClasses.nodeLocal }))
    await namespace.apply(statefulSet('web', { cluster, replicas: 1, data: sizes.small, prefersNode: lost }))
    await namespace.apply(deployment('app', { cluster, replicas: 1, pvc: 'movable', prefersNode: lost }))
    await namespace.apply(deployment('pinned', { cluster, replicas: 1, pvc: 'local', prefersNode: lost }))
    await namespace.apply(pod('survivor', { cluster, pvc: 'beside', node: other }))
    await until(pods, allReady({ pods: ['web-0', 'survivor'] }), { within: limits.statefulSetReady })
    await until(pods, onlyPodReady({ deployment: 'app' }), { within: limits.podReady })
    await until(pods, onlyPodReady({ deployment: 'pinned' }), { within: limits.podReady })
    const app = await podOf(history, 'app')
    const pinned = await podOf(history, 'pinned')
    for (const name of ['web-0', app, pinned])
      await premise(history, storedWith({ kind: 'Pod', name, path: ['spec', 'nodeName'], value: lost }))
    await volumeIn(app, fixtures).fill()
    await volumeIn(pinned, fixtures).fill()
    const before = await volumeIn(app, fixtures).readTree('before its node was lost')
    const localBefore = await volumeIn(pinned, fixtures).readTree('before its node was lost')
    await writerIn('web-0', fixtures, ['/data/by-first']).start()

    await nodes.stop(lost)
    await until(machines, nodeNotReady({ node: lost }), { within: limits.nodeLost })
    await nodes.takeOutOfService(lost)
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady, as: 'set-replaced' })
    await expect(pods).toReach(replacementReady({ deployment: 'app', than: app }), { within: limits.podReady, as: 'deployment-replaced' })
    await expect(pods).toReach(replacementPending({ deployment: 'pinned', than: pinned }), { within: limits.podReady, as: 'local-created' })
    const created = mark('all are replaced')
    await expect(pods).toStay(replacementPending({ deployment: 'pinned', than: pinned }), {
      for: limits.staysUnchanged,
      after: created,
      as: 'local-waits',
    })
    const left = await readWrites('web-0', fixtures, { directory: '/data/by-first', label: 'once it was replaced' })
    const writer = writerIn('web-0', fixtures, ['/data/by-second'])
    await writer.start()
    const begun = await writer.position('while the node was off')
    await nodes.start(lost)
    await until(machines, nodeReady({ node: lost }), { within: limits.nodeBack })
    await nodes.untaint(lost)
    const back = mark('the node is back')
    await expect(pods).toReach(replacementReady({ deployment: 'pinned', than: pinned }), { within: limits.nodeBack, as: 'local-returns' })
    await expect(pods).toStay(volumeAttached({ pvc: 'data-web-0', node: other }), {
      for: limits.staysUnchanged,
      after: back,
      as: 'stays-moved',
    })

    const ended = await writer.stop('after the node was back')
    const found = await readWrites('web-0', fixtures, '/data/by-second')
    const still = await readWrites('web-0', fixtures, { directory: '/data/by-first', label: 'after the node was back' })
    const after = await volumeIn(await podOf(history, 'app'), fixtures).readTree('after the node was back')
    const returned = await podOf(history, 'pinned')
    const localAfter = await volumeIn(returned, fixtures).readTree('after the node was back')
    await expect(history).toUphold(oneNodeAtATime({ pvc: 'data-web-0', nodes: [lost, other] }), { as: 'set-moved' })
    await expect(history).toUphold(oneNodeAtATime({ pvc: 'movable', nodes: [lost, other] }), { as: 'deployment-moved' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'deployment-data' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: returned, path: ['spec', 'nodeName'], value: lost }), {
      as: 'local-node',
    })
    await expect(history).toUphold(treesEqual({ expected: localBefore, actual: localAfter }), { as: 'local-data' })
    await expect(history).toUphold(wroteNoMore({ first: left, later: still }), { as: 'no-late-writes' })
    await expect(history).toUphold(wroteOn({ before: begun, after: ended, found }), { as: 'writes-on' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'survivor', restarts: 'none' }), { as: 'survivor-stays' })
    await expect(history).toUphold(staysAttached({ pvc: 'beside' }), { as: 'survivor-attached' })
  },
)
