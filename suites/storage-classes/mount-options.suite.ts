import { expect } from 'vitest'
import {
  conformance,
  mountedWith,
  pod,
  podNotStarted,
  podReady,
  podWarned,
  podWithPvcs,
  pvc,
  readMountOptions,
  storageClass,
  storedWith,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'storage-classes/mount-options',
    statement:
      'A driver that supports mountOptions mounts volumes with the options of their StorageClass. Options are not validated earlier: a Pod of which one volume has an invalid option does not start, though its other volume can be mounted.',
    level: 'MAY',
    source: { page: 'concepts/storage/storage-classes/', section: 'mount-options' },
    requires: ['DynamicProvisioning', 'MountOptions'],
    mutants: ['binding-mode-ignored'],
    proves: {
      'class.mount-options': { reach: ['started', 'mounted-with', 'in-the-pv'], 'bad-option': 'not-started' },
      'volume.two-pvcs-one-pod': { mounted: ['started', 'one-bad-mount'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const [good, bad] = [`${namespace.name}-good`, `${namespace.name}-bad`]
    const pods = await observe.pods()
    const events = await observe.podEvents()
    await observe.pvcs()
    await observe.pvs()
    const readable = storageClass(good, { cluster, mountOptions: ['noatime'] })
    await namespace.apply(readable)
    await namespace.apply(storageClass(bad, { cluster, mountOptions: ['no-such-option'] }))

    await namespace.apply(pvc('good', { cluster, size: sizes.small, storageClass: good }))
    await namespace.apply(pvc('bad', { cluster, size: sizes.small, storageClass: bad }))
    await namespace.apply(pvc('other-good', { cluster, size: sizes.small, storageClass: good }))
    await namespace.apply(pvc('other-bad', { cluster, size: sizes.small, storageClass: bad }))
    await namespace.apply(pod('good', { cluster, pvc: 'good' }))
    await namespace.apply(pod('bad', { cluster, pvc: 'bad' }))
    await namespace.apply(podWithPvcs('half-bad', { cluster, pvcs: ['other-good', 'other-bad'] }))
    await expect(pods).toReach(podReady({ pod: 'good' }), { within: limits.podReady, as: 'started' })
    const found = await readMountOptions('good', { namespace, measure }, 'mounted')
    await expect(history).toUphold(mountedWith({ found, option: 'noatime' }), { as: 'mounted-with' })
    await until(events, podWarned({ pod: 'bad', by: 'kubelet' }), { within: limits.podReady })
    await until(events, podWarned({ pod: 'half-bad', by: 'kubelet' }), { within: limits.podReady })
    const warned = mark('the mount has failed')
    await expect(pods).toStay(podNotStarted({ pod: 'bad' }), { for: limits.staysUnchanged, after: warned, as: 'not-started' })
    await expect(pods).toStay(podNotStarted({ pod: 'half-bad' }), { for: limits.staysUnchanged, after: warned, as: 'one-bad-mount' })

    const { kind, name } = await namespace.pvOf('good')
    await expect(history).toUphold(storedWith({ kind, name, path: ['spec', 'mountOptions'], value: readable.mountOptions }), {
      as: 'in-the-pv',
    })
  },
)
