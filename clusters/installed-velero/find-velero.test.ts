import { expect, test } from 'vitest'
import { clusterApi } from '../api.ts'
import { startApiServer, statusOf } from '../testing/api-server.ts'
import { type AnsweredVelero, storageLocation, veleroServer, withVelero } from '../testing/velero-answers.ts'
import { findVelero } from './find-velero.ts'

const other = veleroServer('shop', { args: ['web'] })

async function found(velero: AnsweredVelero, namespace?: string) {
  await using server = await startApiServer(withVelero(velero, ({ path }) => statusOf(404, `${path} not found`)))
  return await findVelero(clusterApi(server.kubeconfig), namespace)
}

test('the Deployment that runs the server is found whatever it is called, with the locations of its namespace', async () => {
  const locations = [storageLocation('backups', 'main'), storageLocation('elsewhere', 'main')]
  expect(await found({ deployments: [other, veleroServer('backups')], locations })).toMatchObject({
    namespace: 'backups',
    server: { metadata: { name: 'keeper' } },
    locations: [{ metadata: { name: 'main', namespace: 'backups' } }],
  })
})

test.each<[string, AnsweredVelero, string | undefined, string]>([
  [
    'two servers',
    { deployments: [veleroServer('one'), veleroServer('two')] },
    undefined,
    'Velero runs in the namespaces one and two: choose one with --velero-namespace',
  ],
  [
    'no server but locations',
    { deployments: [other], locations: [storageLocation('backups', 'main')] },
    undefined,
    'no Deployment runs "velero server"; BackupStorageLocations are in backups',
  ],
  ['nothing', {}, undefined, 'no Deployment runs "velero server"'],
  [
    'another namespace than was named',
    { deployments: [veleroServer('one')] },
    'two',
    'no Deployment in namespace two runs "velero server"',
  ],
  [
    'a user who may look into the usual namespace alone',
    { deployments: [veleroServer('backups')], mayReadOnly: ['velero'] },
    undefined,
    'no Deployment in namespace velero runs "velero server"; --velero-namespace names another namespace',
  ],
  [
    'a user who may look nowhere',
    { deployments: [veleroServer('velero')], mayReadOnly: [] },
    undefined,
    'what Velero has in namespace velero cannot be read: backupstoragelocations is forbidden; --velero-namespace names another namespace',
  ],
])('one sentence on %s', async (...[, velero, namespace, why]) => {
  expect(await found(velero, namespace)).toMatchObject({ why })
})

test('the one of two that is named is used, and the usual one by a user who may not look everywhere', async () => {
  expect(await found({ deployments: [veleroServer('one'), veleroServer('two')] }, 'two')).toMatchObject({ namespace: 'two' })
  expect(await found({ deployments: [veleroServer('velero')], mayReadOnly: ['velero'] })).toMatchObject({ namespace: 'velero' })
})

test('a cluster without the kinds of Velero has none', async () => {
  await using server = await startApiServer(({ path }) => statusOf(404, `${path} not found`))
  expect(await findVelero(clusterApi(server.kubeconfig))).toEqual({
    why: 'Velero is not installed: the API server does not serve velero.io',
  })
})
