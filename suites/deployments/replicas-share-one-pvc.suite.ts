import { expect } from 'vitest'
import {
  conformance,
  deployment,
  keepsItsVolume,
  logHoldsExactly,
  nodeOfPod,
  onlyPodReady,
  pod,
  podGone,
  podUnschedulable,
  pvc,
  replicasOf,
  replicasPresent,
  replicasReady,
  scaledTo,
  staysTheSamePod,
  storedWith,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'deployments/replicas-share-one-pvc',
    statement:
      'All replicas of a Deployment mount the one PVC that its template names. If only one node can reach the volume, all of them run there and write to it. One that may not run there stays Pending, and has the data once it may.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'NodeLocalVolumes'],
    mutants: ['pvc-replaced-by-scratch', 'binding-mode-ignored'],
    proves: {
      'deployment.replicas-share-one-pvc': { one: ['all-run', 'same-pvc'], shared: 'each-reads-the-others' },
      'deployment.scale-rwo-two-fail': { 'one-node': ['only-for-one-node', 'all-run', 'same-node', 'each-reads-the-others'] },
      'deployment.pod-moves-pvc-stays': { pending: 'stays-pending', kept: ['same-volume', 'returns', 'data-kept'] },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const web = deployment('web', { cluster, replicas: 1, pvc: 'shared', avoids: 'guard' })
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('shared', { cluster, size: sizes.small, storageClass: cluster.storageClasses.nodeLocal }))
    await namespace.apply(web)
    await until(pods, onlyPodReady({ deployment: 'web' }), { within: limits.podReady })
    const [one] = await replicasOf(history, 'web', { count: 1 })
    const node = await nodeOfPod(history, one)
    const first = volumeIn(one, { namespace, measure })

    await namespace.patch(web, scaledTo(3))
    await expect(pods).toReach(replicasReady({ deployment: 'web', replicas: 3 }), { within: limits.podReady, as: 'all-run' })
    const [two, three] = await replicasOf(history, 'web', { count: 2, besides: [one] })
    const second = volumeIn(two, { namespace, measure })
    const third = volumeIn(three, { namespace, measure })
    const byFirst = await first.appendRecords('by the first')
    const bySecond = await second.appendRecords('by the second')
    const byThird = await third.appendRecords('by the third')
    const acknowledged = [byFirst, bySecond, byThird]
    const inFirst = await first.readRecords('of all three')
    const inSecond = await second.readRecords('of all three')
    const inThird = await third.readRecords('of all three')
    await namespace.apply(pod('guard', { cluster, pvc: 'shared', nodeName: node }))
    await namespace.delete({ kind: 'Pod', name: one })
    await until(pods, podGone({ pod: one }), { within: limits.podDeleted })
    await until(pods, replicasPresent({ deployment: 'web', replicas: 3 }), { within: limits.podReady })
    const [moving] = await replicasOf(history, 'web', { count: 1, besides: [two, three] })
    await expect(pods).toReach(podUnschedulable({ pod: moving }), { within: limits.podReady, as: 'stays-pending' })
    const waits = mark('no node for the Pod')
    await expect(pods).toStay(podUnschedulable({ pod: moving }), { for: limits.staysUnchanged, after: waits, as: 'stays-pending' })
    await namespace.delete({ kind: 'Pod', name: 'guard' })
    await expect(pods).toReach(replicasReady({ deployment: 'web', replicas: 3 }), { within: limits.podReady, as: 'returns' })
    const inMoved = await volumeIn(moving, { namespace, measure }).readRecords('back on its node')

    const path = ['spec', 'volumes', '0', 'persistentVolumeClaim', 'claimName']
    const mode = { kind: 'PersistentVolumeClaim', name: 'shared', path: ['spec', 'accessModes'], value: ['ReadWriteOnce'] }
    const onNode = { kind: 'Pod', path: ['spec', 'nodeName'], value: node }
    await expect(history).toUphold(storedWith(mode), { as: 'only-for-one-node' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: one, path, value: 'shared' }), { as: 'same-pvc' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: two, path, value: 'shared' }), { as: 'same-pvc' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: three, path, value: 'shared' }), { as: 'same-pvc' })
    await expect(history).toUphold(storedWith({ ...onNode, name: two }), { as: 'same-node' })
    await expect(history).toUphold(storedWith({ ...onNode, name: three }), { as: 'same-node' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found: inFirst }), { as: 'each-reads-the-others' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found: inSecond }), { as: 'each-reads-the-others' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found: inThird }), { as: 'each-reads-the-others' })
    await expect(history).toUphold(staysTheSamePod({ pod: two, restarts: 'none' }))
    await expect(history).toUphold(storedWith({ ...onNode, name: moving }), { as: 'returns' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found: inMoved }), { as: 'data-kept' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'shared' }), { as: 'same-volume' })
  },
)
