import { expect } from 'vitest'
import { conformance, containerFailed, podReady, postgresPod, postgresSecret, pvc } from '../../harness/index.ts'

conformance(
  {
    id: 'app/postgres-lost-found',
    statement:
      'A new ext4 volume contains the directory lost+found. PostgreSQL refuses to create a database at the root of the volume, and creates it in a subdirectory.',
    level: 'SHOULD',
    source: { page: 'https://www.postgresql.org/docs/15/creating-cluster.html', section: 'CREATING-CLUSTER-MOUNT-POINTS' },
    requires: ['DynamicProvisioning', 'LostAndFound', 'PostgreSQL'],
    podSecurity: { level: 'baseline', why: 'The root of a volume belongs to root, and only root can give it to the server.' },
    mutants: ['file-system-ignored'],
    proves: { 'app.postgres-lost-found': {} },
  },
  async ({ namespace, observe, limits, cluster, sizes }) => {
    const storageClass = cluster.storageClasses.ext4
    const pods = await observe.pods()
    await observe.pvcs()
    await namespace.apply(postgresSecret('db'))
    await namespace.apply(pvc('one', { cluster, size: sizes.small, storageClass }))
    await namespace.apply(pvc('other', { cluster, size: sizes.small, storageClass }))

    await namespace.apply(postgresPod('at-the-root', { cluster, pvc: 'one', secret: 'db', files: 'at-the-root' }))
    await namespace.apply(postgresPod('in-a-directory', { cluster, pvc: 'other', secret: 'db', files: 'in-a-directory' }))

    await expect(pods).toReach(containerFailed({ pod: 'at-the-root' }), { within: limits.podReady })
    await expect(pods).toReach(podReady({ pod: 'in-a-directory' }), { within: limits.podReady })
  },
)
