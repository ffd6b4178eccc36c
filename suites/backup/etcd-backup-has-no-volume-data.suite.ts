import { expect } from 'vitest'
import {
  conformance,
  driverFilesGone,
  measureDriverCalls,
  measureVolumeFiles,
  pod,
  podGone,
  podNotStarted,
  podReady,
  podWarned,
  pvc,
  pvcsIn,
  addChapter,
  until,
  volumeDetached,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/etcd-backup-has-no-volume-data',
    statement:
      'An etcd backup contains API objects but no volume data. After a restore, a PVC deleted since the backup is Bound again, but no Pod can mount its volume, which is gone.',
    level: 'SHOULD',
    source: { page: 'tasks/administer-cluster/configure-upgrade-etcd/', section: 'backing-up-an-etcd-cluster' },
    requires: ['DynamicProvisioning', 'SecondCluster', 'DriverCallLog'],
    mutants: ['delete-leaves-data'],
    proves: { 'backup.etcd-cluster-state': { objects: 'objects', 'no-data': ['objects', 'no-data'] } },
    pace: 'slow',
    holds: ['second cluster'],
  },
  async (fixtures) => {
    const { secondCluster, history, limits, mark, sizes } = fixtures
    const once = await secondCluster('once')
    const { cluster, nameOf } = once
    const pods = await once.observe.pods()
    const attachments = await once.observe.volumeAttachments()
    await once.observe.pvcs()
    await once.namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await once.namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: nameOf('keeper') }), { within: limits.podReady })
    await once.namespace.delete({ kind: 'Pod', name: 'keeper' }, { gracePeriodSeconds: 1 })
    await until(pods, podGone({ pod: nameOf('keeper') }), { within: limits.podDeleted })
    // An attachment in the backup would count as done, and nobody would try to attach the volume again.
    await until(attachments, volumeDetached({ pvc: nameOf('data') }), { within: limits.attachmentAnswered })
    const subject = { kind: 'PersistentVolumeClaim', name: 'data' } as const

    const later = await once.keepEtcd()
    addChapter(fixtures, 'Backed up', {
      subject,
      text: 'All that etcd holds was copied while the node was stopped.',
      facts: { cluster: cluster.name },
    })
    const volumes = await later.observe.pvs()
    await later.observe.pvcs()
    await later.namespace.delete(subject)
    await expect(volumes).toReach(volumeRemoved({ pvc: nameOf('data') }), { within: limits.controllersBack })
    await measureDriverCalls('after the deletion', { ...later, history }, nameOf('data'))
    const gone = await measureVolumeFiles('after the deletion', { ...later, history }, [nameOf('data')])
    const again = await later.restoreEtcd()
    addChapter(fixtures, 'Restored', { subject, text: 'The copy took the place of what etcd held.', facts: { cluster: cluster.name } })
    const pvcs = await again.observe.pvcs()
    const restored = await again.observe.pods()
    const events = await again.observe.podEvents()
    await expect(pvcs).toReach(pvcsIn({ pvcs: [nameOf('data')], phase: 'Bound' }), { within: limits.controllersBack, as: 'objects' })
    await again.namespace.apply(pod('reader', { cluster, pvc: 'data' }))
    await expect(events).toReach(podWarned({ pod: nameOf('reader'), by: 'attachdetach' }), {
      within: limits.controllersBack,
      as: 'no-data',
    })

    const warned = mark('the volume could not be attached')
    await expect(restored).toStay(podNotStarted({ pod: nameOf('reader') }), { for: limits.staysUnchanged, after: warned, as: 'no-data' })
    await expect(history).toUphold(driverFilesGone(gone), { as: 'no-data' })
  },
)
