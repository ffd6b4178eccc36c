import { expect } from 'vitest'
import { conformance, postgresIn, requestDenied, requestDone, runningPostgres } from '../../harness/index.ts'

conformance(
  {
    id: 'backup/postgres-image-lacks-aws-cli',
    statement: 'The PostgreSQL image contains pg_dump, but no AWS CLI to upload a dump to an object store.',
    level: 'SHOULD',
    source: { page: 'https://hub.docker.com/_/postgres', section: '' },
    requires: ['DynamicProvisioning', 'PostgreSQL'],
    mutants: ['aws-command-added'],
    proves: { 'backup.image-has-no-aws-cli': { 'no-aws': ['pg-dump', 'no-aws'] } },
  },
  async (fixtures) => {
    const { observe, history } = fixtures
    const database = postgresIn('db-0', fixtures)
    const pods = await observe.pods()
    await runningPostgres('db', { fixtures, pods })

    const dumps = await database.hasCommand('pg_dump')
    const uploads = await database.hasCommand('aws')

    await expect(history).toUphold(requestDone({ attempt: dumps }), { as: 'pg-dump' })
    await expect(history).toUphold(requestDenied({ attempt: uploads }), { as: 'no-aws' })
  },
)
