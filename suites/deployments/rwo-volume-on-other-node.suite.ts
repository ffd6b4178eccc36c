import { expect } from 'vitest'
import {
  conformance,
  deployment,
  idlePod,
  keepsItsVolume,
  nodeOfPod,
  oneNodeAtATime,
  onlyPodReady,
  otherWorker,
  podGone,
  podNotStarted,
  podOf,
  podReady,
  podScheduled,
  pvc,
  recreateStrategy,
  replicasOf,
  replicasPresent,
  rollOut,
  scaledTo,
  staysTheSamePod,
  storedWith,
  together,
  treesEqual,
  otherPodPresent,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'deployments/rwo-volume-on-other-node',
    statement:
      'Replicas of a Deployment on another node than its ReadWriteOnce volume do not start. A rolling update to another node hangs and keeps the old Pod. With strategy Recreate the Pod moves there, with its volume and data.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes', 'VolumeAttachments'],
    mutants: ['pvcs-shared', 'recreating-deployments'],
    proves: {
      'deployment.scale-rwo-two-fail': { 'two-fail': ['elsewhere', 'not-started', 'first-runs'] },
      'deployment.rolling-update-rwo-deadlock': {
        hangs: ['new-elsewhere', 'update-hangs', 'old-stays'],
        recreate: ['recreated', 'one-node-at-a-time', 'same-data'],
      },
      'deployment.pod-moves-pvc-stays': { attached: ['recreated', 'one-node-at-a-time', 'same-volume', 'same-data'] },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const web = deployment('web', { cluster, replicas: 1, pvc: 'data', avoids: 'guard' })
    await observe.pvcs()
    const pods = together(await observe.pods(), await observe.volumeAttachments())
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(web)
    await until(pods, onlyPodReady({ deployment: 'web' }), { within: limits.podReady })
    const first = await podOf(history, 'web')
    const node = await nodeOfPod(history, first)
    const other = otherWorker(cluster, node)
    const volume = volumeIn(first, { namespace, measure })
    await volume.fill()
    const before = await volume.readTree('on the first node')

    await namespace.apply(idlePod('guard', { cluster, nodeName: node }))
    await namespace.patch(web, scaledTo(3))
    await until(pods, replicasPresent({ deployment: 'web', replicas: 3 }), { within: limits.podReady })
    const [second, third] = await replicasOf(history, 'web', { count: 2, besides: [first] })
    await until(pods, podScheduled({ pod: second }), { within: limits.podReady })
    await until(pods, podScheduled({ pod: third }), { within: limits.podReady })
    const scaled = mark('two Pods on another node')
    await expect(pods).toStay(podNotStarted({ pod: second }), { for: limits.staysUnchanged, after: scaled, as: 'not-started' })
    await expect(pods).toStay(podNotStarted({ pod: third }), { for: limits.staysUnchanged, after: scaled, as: 'not-started' })
    await expect(pods).toReach(podReady({ pod: first }), { within: limits.podReady, as: 'first-runs' })
    await namespace.patch(web, scaledTo(1))
    await until(pods, onlyPodReady({ deployment: 'web' }), { within: limits.podDeleted })

    await namespace.patch(web, rollOut)
    await until(pods, otherPodPresent({ deployment: 'web', than: first }), { within: limits.podReady })
    const [updated] = await replicasOf(history, 'web', { count: 1, besides: [first] })
    await until(pods, podScheduled({ pod: updated }), { within: limits.podReady })
    const rolling = mark('updated Pod on another node')
    await expect(pods).toStay(podNotStarted({ pod: updated }), { for: limits.staysUnchanged, after: rolling, as: 'update-hangs' })
    await expect(history).toUphold(staysTheSamePod({ pod: first, restarts: 'none' }), { as: 'old-stays' })
    await namespace.patch(web, recreateStrategy)
    await until(pods, podGone({ pod: first }), { within: limits.podDeleted })
    await expect(pods).toReach(onlyPodReady({ deployment: 'web' }), { within: limits.podReady, as: 'recreated' })

    const moved = await podOf(history, 'web')
    const after = await volumeIn(moved, { namespace, measure }).readTree('on the other node')
    const onOther = { kind: 'Pod', path: ['spec', 'nodeName'], value: other }
    await expect(history).toUphold(storedWith({ ...onOther, name: second }), { as: 'elsewhere' })
    await expect(history).toUphold(storedWith({ ...onOther, name: third }), { as: 'elsewhere' })
    await expect(history).toUphold(storedWith({ ...onOther, name: updated }), { as: 'new-elsewhere' })
    await expect(history).toUphold(oneNodeAtATime({ pvc: 'data', nodes: [node, other] }), { as: 'one-node-at-a-time' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }), { as: 'same-volume' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-data' })
  },
)
