import { expect } from 'vitest'
import {
  conformance,
  mountedWith,
  pod,
  podNotStarted,
  podReady,
  podWarned,
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
      'A driver that supports mountOptions mounts volumes with the options of their StorageClass. Options are not validated earlier: a Pod whose volume has an invalid option does not start.',
    level: 'MAY',
    source: { page: 'concepts/storage/storage-classes/', section: 'mount-options' },
    requires: ['DynamicProvisioning', 'MountOptions'],
    mutants: ['binding-mode-ignored'],
    proves: { 'class.mount-options': {} },
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
    await namespace.apply(pod('good', { cluster, pvc: 'good' }))
    await namespace.apply(pod('bad', { cluster, pvc: 'bad' }))
    await expect(pods).toReach(podReady({ pod: 'good' }), { within: limits.podReady })
    const found = await readMountOptions('good', { namespace, measure }, 'mounted')
    await expect(history).toUphold(mountedWith({ found, option: 'noatime' }))
    await until(events, podWarned({ pod: 'bad', by: 'kubelet' }), { within: limits.podReady })
    const warned = mark('the mount has failed')
    await expect(pods).toStay(podNotStarted({ pod: 'bad' }), { for: limits.staysUnchanged, after: warned })

    const { kind, name } = await namespace.pvOf('good')
    await expect(history).toUphold(storedWith({ kind, name, path: ['spec', 'mountOptions'], value: readable.mountOptions }))
  },
)
