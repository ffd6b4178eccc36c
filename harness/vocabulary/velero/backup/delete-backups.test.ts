import { expect, onTestFinished, test } from 'vitest'
import type { ClusterRecord, VeleroRecord } from '../../../../contract/cluster-record.ts'
import { openApi } from '../../../engine/kubernetes/api.ts'
import { type Failure, startScriptedApiServer } from '../../../engine/kubernetes/scripted-api-server.ts'
import { deleteBackups } from './delete-backups.ts'

const velero: VeleroRecord = { namespace: 'velero', location: 'default', faultyLocations: {} }
const cluster = { velero } as unknown as ClusterRecord
const velerosOf = (plural: string, version = 'v1') => `/apis/velero.io/${version}/namespaces/velero/${plural}`

/** Deletes what the guarantee of hf-1 made of Velero, beside what another one made. Velero answers requests to delete a Backup. */
async function deleted(failures: readonly Failure[] = [], oneWait?: number, of: VeleroRecord = velero) {
  const server = await startScriptedApiServer()
  const api = openApi({ server: server.url, tls: {}, headers: {} })
  onTestFinished(async () => {
    api.close()
    await server[Symbol.asyncDispose]()
  })
  for (const failure of failures) server.fail(failure)
  for (const namespace of ['hf-1', 'hf-2']) {
    server.put(`${velerosOf('schedules')}/${namespace}-daily`, { metadata: {} })
    server.put(`${velerosOf('backups')}/${namespace}-taken`, {
      metadata: {},
      spec: { storageLocation: 'default' },
      status: { phase: 'Completed' },
    })
    server.put(`${velerosOf('restores')}/${namespace}-back`, { metadata: {}, status: { phase: 'Completed' } })
    server.put(`${velerosOf('datauploads', 'v2alpha1')}/${namespace}-taken-x`, { metadata: {} })
    server.put(`${velerosOf('backuprepositories')}/${namespace}-repo`, {
      metadata: {},
      spec: { volumeNamespace: namespace, backupStorageLocation: 'default' },
    })
    server.put(`/api/v1/namespaces/velero/configmaps/${namespace}`, { metadata: { labels: { 'holdfast.dev/namespace': namespace } } })
  }
  server.put(`${velerosOf('backupstoragelocations')}/default`, { metadata: {}, status: { phase: 'Available' } })
  server.on('POST', /deletebackuprequests$/, () => {
    for (const path of server.paths().filter((one) => one.includes('/deletebackuprequests/')))
      server.put(path, { metadata: {}, status: { phase: 'Processed' } })
  })
  const findings = await deleteBackups({
    api,
    cluster,
    velero: of,
    namespace: 'hf-1',
    signal: new AbortController().signal,
    ...(oneWait && { oneWait }),
  })
  const left = server.paths().filter((path) => path.includes('hf-1'))
  return { findings, left, others: server.paths().filter((path) => path.includes('hf-2')).length, asked: server.requests }
}

test('all that the guarantee made of Velero is removed, and nothing of another', async () => {
  expect(await deleted()).toMatchObject({ findings: [], left: [], others: 6 })
})

test.each([
  ['schedules', 'Deleting Schedules'],
  ['restores', 'Waiting for Restores to end'],
  ['datauploads', 'Cancelling each DataUpload'],
  ['backuprepositories', 'Deleting BackupRepositories'],
  ['backupstoragelocations', 'Deleting BackupStorageLocations'],
  ['configmaps', 'Deleting configmaps of Velero'],
])('%s that cannot be listed are a finding, and all else is removed', async (plural, finding) => {
  const { findings, left, others } = await deleted([{ method: 'GET', path: new RegExp(`/${plural}$`), answer: 500 }], 0.5)
  expect(findings.some((one) => one.startsWith(`${finding} failed: `))).toBe(true)
  expect(left.filter((path) => !path.includes(`/${plural}/`))).toEqual([])
  expect(others).toBe(6)
})

test('of a Velero that others use, no Secret, ConfigMap or location is touched, and what its store keeps is told', async () => {
  const shared: VeleroRecord = { ...velero, shared: { snapshotLocations: [] } }
  const { findings, left, others, asked } = await deleted([], undefined, shared)
  expect(findings).toEqual(['Velero keeps the repository kopia/hf-1 in the store of BackupStorageLocation default: delete it there.'])
  expect(left).toEqual(['/api/v1/namespaces/velero/configmaps/hf-1'])
  expect(others).toBe(6)
  expect(asked.filter((each) => /secrets|configmaps|(POST|PATCH|DELETE) .*storagelocations/.test(each))).toEqual([])
})
