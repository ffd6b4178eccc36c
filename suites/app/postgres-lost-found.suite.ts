import { expect } from 'vitest'
import { conformance, containerFailed, passwordSecret, pod, podGone, podReady, postgresPod, pvc, until } from '../../harness/index.ts'

conformance(
  {
    id: 'app/postgres-lost-found',
    statement:
      'A new ext4 volume contains the directory lost+found. PostgreSQL refuses to create a database at the root of the volume, and creates it in a subdirectory, or at the root once lost+found is removed.',
    level: 'SHOULD',
    source: { page: 'https://www.postgresql.org/docs/15/creating-cluster.html', section: 'CREATING-CLUSTER-MOUNT-POINTS' },
    requires: ['DynamicProvisioning', 'LostAndFound', 'PostgreSQL'],
    podSecurity: { level: 'baseline', why: 'The root of a volume belongs to root, and only root can give it to the server.' },
    mutants: ['file-system-ignored'],
    proves: { 'app.postgres-lost-found': { subdirectory: 'in-a-directory', removed: 'removed', 'at-the-root': 'at-the-root' } },
  },
  async ({ namespace, observe, limits, cluster, sizes }) => {
    const storageClass = cluster.storageClasses.ext4
    const pods = await observe.pods()
    await observe.pvcs()
    await namespace.apply(passwordSecret('db'))
    await namespace.apply(pvc('one', { cluster, size: sizes.small, storageClass }))
    await namespace.apply(pvc('other', { cluster, size: sizes.small, storageClass }))

    await namespace.apply(postgresPod('at-the-root', { cluster, pvc: 'one', secret: 'db', files: 'at-the-root' }))
    await namespace.apply(postgresPod('in-a-directory', { cluster, pvc: 'other', secret: 'db', files: 'in-a-directory' }))

    await expect(pods).toReach(containerFailed({ pod: 'at-the-root' }), { within: limits.podReady, as: 'at-the-root' })
    await expect(pods).toReach(podReady({ pod: 'in-a-directory' }), { within: limits.podReady, as: 'in-a-directory' })
    await namespace.delete({ kind: 'Pod', name: 'at-the-root' })
    await until(pods, podGone({ pod: 'at-the-root' }), { within: limits.podDeleted })
    await namespace.apply(pod('cleaner', { cluster, pvc: 'one' }))
    await until(pods, podReady({ pod: 'cleaner' }), { within: limits.podReady })
    await namespace.exec('cleaner', ['rmdir', '/data/lost+found'])
    await namespace.delete({ kind: 'Pod', name: 'cleaner' })
    await until(pods, podGone({ pod: 'cleaner' }), { within: limits.podDeleted })
    await namespace.apply(postgresPod('without-it', { cluster, pvc: 'one', secret: 'db', files: 'at-the-root' }))
    await expect(pods).toReach(podReady({ pod: 'without-it' }), { within: limits.podReady, as: 'removed' })
  },
)
