import { expect } from 'vitest'
import { conformance, containerFailed, passwordSecret, podAbsent, podsReady, postgresService, postgresSet } from '../../harness/index.ts'

conformance(
  {
    id: 'app/postgres-needs-password',
    statement:
      'The official PostgreSQL image creates no database without a superuser password. In a StatefulSet without one, Pod 0 fails to start, and Pod 1 is not created. With one from a Secret, all Pods start.',
    level: 'SHOULD',
    source: { page: 'https://hub.docker.com/_/postgres', section: '' },
    requires: ['DynamicProvisioning', 'OfficialPostgresImage'],
    mutants: ['password-given'],
    proves: { 'app.postgres-needs-password': { refuses: 'refuses', next: 'next', given: 'given' } },
  },
  async ({ namespace, observe, limits, cluster, mark, sizes }) => {
    const pods = await observe.pods()
    await observe.pvcs()
    await namespace.apply(postgresService('db'))

    const asked = mark('three replicas asked for')
    await namespace.apply(postgresSet('db', { cluster, replicas: 3, size: sizes.small, secret: null }))
    await expect(pods).toReach(containerFailed({ pod: 'db-0' }), { within: limits.podReady, as: 'refuses' })

    await expect(pods).toStay(podAbsent({ pod: 'db-1' }), { for: limits.staysUnchanged, after: asked, as: 'next' })
    await namespace.apply(passwordSecret('with-password'))
    await namespace.apply(postgresService('with-password'))
    await namespace.apply(postgresSet('with-password', { cluster, replicas: 2, size: sizes.small, secret: 'with-password' }))
    await expect(pods).toReach(podsReady({ statefulSet: 'with-password', replicas: 2 }), { within: limits.statefulSetReady, as: 'given' })
  },
)
