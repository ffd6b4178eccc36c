import { expect } from 'vitest'
import {
  allReady,
  boundBeforeAttached,
  calledAfter,
  conformance,
  crash,
  driverAsked,
  driverListedOn,
  measureDriverCalls,
  nodeSelectedFirst,
  pod,
  podGone,
  podRestarted,
  publishedBelowPod,
  pvc,
  readMountedDevice,
  servedBy,
  storageClass,
  together,
  twoWorkers,
  until,
  volumeDetached,
  volumeMounted,
  volumeRemoved,
  volumeSnapshot,
  volumeSnapshotReady,
  workersOf,
} from '../../harness/index.ts'

conformance(
  {
    id: 'csi/volume-life',
    statement:
      'A volume is made once a node was selected, and then attached, staged there and published to its Pod, in this order. When the Pod is deleted, it is unpublished, unstaged and detached. The controller of the driver makes and attaches it, and the node service of the node of the Pod, which its CSINode lists, mounts it.',
    level: 'MUST',
    source: { page: 'https://github.com/container-storage-interface/spec/blob/master/spec.md', section: 'volume-lifecycle' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes', 'VolumeAttachments', 'VolumeSnapshots', 'DriverCallLog'],
    mutants: ['attachment-deleted', 'binding-mode-ignored', 'volume-not-mounted'],
    proves: {
      'csi.call-order': {
        'selected-first': 'node-selected-first',
        'bound-first': ['bound-first', 'made-first'],
        'attached-first': 'attached-first',
        'staged-first': 'staged-first',
      },
      'csi.reverse-teardown': { 'unpublished-first': 'unpublished-first', 'detached-last': 'detached-last' },
      'csi.rpc-names': { controller: 'by-controller', node: 'by-node' },
      'csi.controller-and-node-parts': { controller: 'by-controller', node: ['by-node', 'listed'] },
      'csi.csinode-lists-drivers': { listed: ['listed', 'attached-by-id'], 'not-listed': 'listed' },
      'csi.publish-path': { 'below-pod': 'below-pod', 'at-mount-path': 'at-mount-path' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [here, there] = twoWorkers(cluster)
    const own = namespace.name
    const fixtures = { namespace, cluster, history, measure }
    const pods = await observe.pods()
    const volumes = together(await observe.pvcs(), await observe.pvs())
    const attachments = await observe.volumeAttachments()
    const snapshots = await observe.volumeSnapshots()
    await observe.csiNodes()
    await namespace.apply(storageClass(own, { cluster, volumeBindingMode: 'WaitForFirstConsumer' }))
    await namespace.apply(pvc('one', { cluster, size: sizes.small, storageClass: own }))
    await namespace.apply(pvc('two', { cluster, size: sizes.small, storageClass: own }))
    await namespace.apply(pvc('three', { cluster, size: sizes.small, storageClass: own }))

    await namespace.apply(pod('user-of-one', { cluster, pvc: 'one', node: here }))
    await namespace.apply(pod('user-of-two', { cluster, pvc: 'two', node: there }))
    await namespace.apply(pod('user-of-three', { cluster, pvc: 'three', node: there }))
    await until(pods, allReady({ pods: ['user-of-one', 'user-of-two', 'user-of-three'] }), { within: limits.podReady })
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'one' }))
    await until(snapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    const found = await readMountedDevice('user-of-one', fixtures, 'while it runs')
    const foundToo = await readMountedDevice('user-of-two', fixtures, 'while it runs')
    await expect(history).toUphold(volumeMounted({ found, pvc: 'one' }), { as: 'at-mount-path' })
    await expect(history).toUphold(volumeMounted({ found: foundToo, pvc: 'two' }), { as: 'at-mount-path' })
    // A container that restarts takes no step in the life of its volume.
    await namespace.exec('user-of-one', crash)
    await namespace.exec('user-of-two', crash)
    await until(pods, podRestarted({ pod: 'user-of-one' }), { within: limits.containerRestarted })
    await until(pods, podRestarted({ pod: 'user-of-two' }), { within: limits.containerRestarted })
    const end = async (name: string) => {
      await namespace.delete({ kind: 'Pod', name: `user-of-${name}` })
      await until(pods, podGone({ pod: `user-of-${name}` }), { within: limits.podDeleted })
      await until(attachments, volumeDetached({ pvc: name }), { within: limits.attachmentAnswered })
      await namespace.delete({ kind: 'PersistentVolumeClaim', name })
      await until(volumes, volumeRemoved({ pvc: name }), { within: limits.objectDeleted })
    }
    await Promise.all(['one', 'two', 'three'].map(end))

    const controller = ['CreateVolume', 'ControllerPublishVolume', 'ControllerUnpublishVolume', 'DeleteVolume']
    const node = ['NodeStageVolume', 'NodePublishVolume', 'NodeUnpublishVolume', 'NodeUnstageVolume']
    const judge = async (name: string, on: string, methods: readonly string[]) => {
      const calls = await measureDriverCalls('in the end', fixtures, name)
      const [created, published] = [{ calls, after: 'CreateVolume' } as const, { calls, after: 'NodePublishVolume' } as const]
      const [attach, stage, publish] = ['ControllerPublishVolume', 'NodeStageVolume', 'NodePublishVolume'] as const
      await expect(history).toUphold(nodeSelectedFirst({ pvc: name }), { as: 'node-selected-first' })
      await expect(history).toUphold(boundBeforeAttached({ pvc: name }), { as: 'bound-first' })
      await expect(history).toUphold(calledAfter({ ...created, method: attach }), { as: 'made-first' })
      await expect(history).toUphold(calledAfter({ calls, method: stage, after: attach }), { as: 'attached-first' })
      await expect(history).toUphold(calledAfter({ calls, method: publish, after: stage }), { as: 'staged-first' })
      await expect(history).toUphold(calledAfter({ ...published, method: 'NodeUnpublishVolume' }), { as: 'unpublished-first' })
      await expect(history).toUphold(calledAfter({ calls, method: 'NodeUnstageVolume', after: 'NodeUnpublishVolume' }), {
        as: 'unpublished-first',
      })
      await expect(history).toUphold(calledAfter({ calls, method: 'ControllerUnpublishVolume', after: 'NodeUnstageVolume' }), {
        as: 'detached-last',
      })
      await expect(history).toUphold(servedBy({ calls, methods, by: { part: 'controller' } }), { as: 'by-controller' })
      await expect(history).toUphold(servedBy({ calls, methods: node, by: { part: 'node', node: on } }), { as: 'by-node' })
      await expect(history).toUphold(driverAsked({ calls, method: attach, path: ['node_id'], value: on }), { as: 'attached-by-id' })
      await expect(history).toUphold(publishedBelowPod({ calls, pod: `user-of-${name}` }), { as: 'below-pod' })
    }
    await judge('one', here, [...controller, 'CreateSnapshot'])
    await judge('two', there, controller)
    await judge('three', there, controller)
    await expect(history).toUphold(driverListedOn({ driver: cluster.driver, nodes: workersOf(cluster) }), { as: 'listed' })
  },
)
