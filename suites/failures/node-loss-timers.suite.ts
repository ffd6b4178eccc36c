import { expect } from 'vitest'
import {
  allReady,
  backInTime,
  conformance,
  crash,
  deployment,
  driverNotAsked,
  eventSeen,
  evictedAfterFiveMinutes,
  evictedSoon,
  longGracePeriod,
  measureDriverCalls,
  nodeLost,
  nodeToDisrupt,
  oneNodeAtATime,
  onlyPodReady,
  otherWorker,
  pod,
  podGone,
  podKept,
  podNotStarted,
  podOf,
  podReady,
  podTerminating,
  premise,
  pvc,
  replacementOf,
  replacementPending,
  replacementReady,
  statefulSet,
  staysAttached,
  storedWith,
  together,
  treesEqual,
  until,
  volumeAttached,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/node-loss-timers',
    statement:
      'Five minutes after a node was lost its Pods are marked for deletion, and a Deployment whose volume several nodes may attach is back. A ReadWriteOnce volume whose Pod was force-deleted is detached by Kubernetes after six minutes, and not at all from a healthy node. While the Pod of a Deployment stays Terminating there, its volume stays attached.',
    level: 'SHOULD',
    source: { page: 'concepts/cluster-administration/node-shutdown/', section: 'storage-force-detach-on-timeout' },
    requires: [
      'DynamicProvisioning',
      'MultipleNodes',
      'MovableVolumes',
      'ReadWriteMany',
      'VolumeAttachments',
      'DriverCallLog',
      'NodeScheduling',
      'NodeControl',
    ],
    mutants: ['node-loss-not-tolerated'],
    proves: {
      'failure.eviction-timer': { stays: 'stays-at-first', evicted: 'evicted' },
      'failure.force-detach-by-driver': {
        driver: 'driver-not-asked',
        timeout: ['stays-attached', 'detached-by-force', 'moved'],
        unhealthy: 'stays-on-healthy',
      },
      'failure.force-delete-frees-name': { timeout: ['stays-attached', 'detached-by-force', 'same-data'] },
      'failure.deployment-node-loss': {
        shared: ['evicted', 'shared-replaced', 'shared-data'],
        attached: ['terminating', 'waits', 'attached-still', 'never-detached'],
      },
      'failure.recovery-5-15-min': { shared: ['in-time', 'shared-data'], attached: ['waits', 'attached-still'] },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, mark, sizes } = fixtures
    const lost = nodeToDisrupt(cluster)
    const other = otherWorker(cluster, lost)
    const volume = volumeIn('db-0', fixtures)
    const pods = together(await observe.pods(), await observe.volumeAttachments())
    const machines = await observe.nodes()
    const events = await observe.events()
    await observe.pvcs()
    await namespace.apply(pvc('movable', { cluster, size: sizes.small }))
    await namespace.apply(pvc('shared', { cluster, size: sizes.small, accessMode: 'ReadWriteMany' }))
    await namespace.apply(statefulSet('db', { cluster, replicas: 1, data: sizes.small, prefersNode: lost }))
    await namespace.apply(evictedSoon(deployment('app', { cluster, replicas: 1, pvc: 'movable', prefersNode: lost })))
    await namespace.apply(deployment('site', { cluster, replicas: 1, pvc: 'shared', prefersNode: lost }))
    await namespace.apply(pvc('held', { cluster, size: sizes.small }))
    await namespace.apply(pod('held', { cluster, pvc: 'held', node: other, termination: 'never' }))
    await until(pods, allReady({ pods: ['db-0', 'held'] }), { within: limits.podReady })
    await until(pods, onlyPodReady({ deployment: 'app' }), { within: limits.podReady })
    await until(pods, onlyPodReady({ deployment: 'site' }), { within: limits.podReady })
    const [app, site] = [await podOf(history, 'app'), await podOf(history, 'site')]
    await premise(history, storedWith({ kind: 'Pod', name: 'db-0', path: ['spec', 'nodeName'], value: lost }))
    await premise(history, storedWith({ kind: 'Pod', name: app, path: ['spec', 'nodeName'], value: lost }))
    await premise(history, storedWith({ kind: 'Pod', name: site, path: ['spec', 'nodeName'], value: lost }))
    await volume.fill()
    await volumeIn(site, fixtures).fill()
    const dbBefore = await volume.readTree('before its node was lost')
    const siteBefore = await volumeIn(site, fixtures).readTree('before its node was lost')

    // Its containers run on after the second request, and keep the volume.
    await namespace.delete({ kind: 'Pod', name: 'held' }, { gracePeriodSeconds: longGracePeriod })
    await until(pods, podTerminating({ pod: 'held' }), { within: limits.podDeleted })
    // Before it has begun to end the containers, the kubelet takes the shorter of two grace periods.
    await until(events, eventSeen({ kind: 'Pod', name: 'held', type: 'Normal', reason: 'Killing' }), { within: limits.podDeleted })
    await namespace.delete({ kind: 'Pod', name: 'held' }, { gracePeriodSeconds: 0 })
    await until(pods, podGone({ pod: 'held' }), { within: limits.podDeleted })
    const held = mark('force-deleted on a healthy node')

    await nodes.stop(lost)
    await until(machines, nodeLost({ node: lost }), { within: limits.nodeLost })
    const silent = mark('not Ready')
    await namespace.delete({ kind: 'Pod', name: 'db-0' }, { gracePeriodSeconds: 0 })
    await until(pods, podNotStarted({ pod: 'db-0' }), { within: limits.podReady })
    const deleted = mark('force-deleted')
    await expect(pods).toReach(podTerminating({ pod: app }), { within: limits.nodeLost, as: 'terminating' })
    await expect(pods).toReach(replacementPending({ deployment: 'app', than: app }), { within: limits.podReady, as: 'waits' })
    const waiting = mark('the Deployment waits')
    await expect(pods).toStay(podKept({ pod: site }), { for: limits.toleratesLoss, after: silent, as: 'stays-at-first' })
    const attached = volumeAttached({ pvc: 'data-db-0', node: lost })
    await expect(pods).toStay(attached, { for: limits.waitsForUnmount, after: deleted, as: 'stays-attached' })
    const calls = await measureDriverCalls('while the volume waits', fixtures, 'data-db-0')
    await expect(pods).toReach(podReady({ pod: 'db-0' }), { within: limits.detachedByForce, as: 'detached-by-force' })
    await expect(pods).toReach(replacementReady({ deployment: 'site', than: site }), { within: limits.podReady, as: 'shared-replaced' })
    await expect(pods).toStay(replacementPending({ deployment: 'app', than: app }), {
      for: limits.waitsForUnmount,
      after: waiting,
      as: 'attached-still',
    })

    const heldStill = volumeAttached({ pvc: 'held', node: other })
    await expect(pods).toStay(heldStill, { for: limits.staysOnHealthyNode, after: held, as: 'stays-on-healthy' })
    await nodes.containersOn(other).exec('held', crash)

    const dbAfter = await volume.readTree('after its volume was detached')
    const siteAfter = await volumeIn(await replacementOf(history, { deployment: 'site', than: site }), fixtures).readTree('on another node')
    await expect(history).toUphold(driverNotAsked({ calls, method: 'ControllerUnpublishVolume' }), { as: 'driver-not-asked' })
    await expect(history).toUphold(evictedAfterFiveMinutes({ pod: site, node: lost }), { as: 'evicted' })
    await expect(history).toUphold(backInTime({ deployment: 'site', than: site, node: lost }), { as: 'in-time' })
    await expect(history).toUphold(oneNodeAtATime({ pvc: 'data-db-0', nodes: [lost, other] }), { as: 'moved' })
    await expect(history).toUphold(staysAttached({ pvc: 'movable' }), { as: 'never-detached' })
    await expect(history).toUphold(treesEqual({ expected: dbBefore, actual: dbAfter }), { as: 'same-data' })
    await expect(history).toUphold(treesEqual({ expected: siteBefore, actual: siteAfter }), { as: 'shared-data' })
  },
)
