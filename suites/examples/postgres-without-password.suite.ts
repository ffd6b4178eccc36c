import { expect } from 'vitest'
import { conformance, containerFailed, createAsWritten, podAbsent } from '../../harness/index.ts'

conformance(
  {
    id: 'examples/postgres-without-password',
    statement:
      'A StatefulSet of the official PostgreSQL image without a password is a valid object whose Pod 0 fails to start, and no other Pod is created.',
    level: 'SHOULD',
    source: { page: 'https://hub.docker.com/_/postgres', section: '' },
    requires: ['DynamicProvisioning', 'OfficialPostgresImage'],
    mutants: ['password-given'],
    proves: { 'manifest.postgres-statefulset': { 'no-password': ['refuses', 'no-second'] } },
    podSecurity: { level: 'baseline', why: 'The example names no user, so that its server begins as root.' },
  },
  async (fixtures) => {
    const { observe, limits, mark } = fixtures
    const pods = await observe.pods()

    const asked = mark('three replicas asked for')
    await createAsWritten('postgres-statefulset', fixtures)

    await expect(pods).toReach(containerFailed({ pod: 'postgres-0' }), { within: limits.podReady, as: 'refuses' })
    await expect(pods).toStay(podAbsent({ pod: 'postgres-1' }), { for: limits.staysUnchanged, after: asked, as: 'no-second' })
  },
)
