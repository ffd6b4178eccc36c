import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ClusterRecord, VeleroRecord } from '../../../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../../../contract/owner.ts'
import { openApi } from '../../../engine/kubernetes/api.ts'
import { type Failure, startScriptedApiServer } from '../../../engine/kubernetes/scripted-api-server.ts'
import { deleteBackups } from './delete-backups.ts'

const velero: VeleroRecord = { namespace: 'velero', location: 'default', faultyLocations: {} }
const withoutStore = { velero } as unknown as ClusterRecord
const velerosOf = (plural: string, version = 'v1') => `/apis/velero.io/${version}/namespaces/velero/${plural}`

interface Given {
  readonly failures?: readonly Failure[]
  readonly oneWait?: number
  /** What Velero answers to a request to delete a Backup. */
  readonly errors?: readonly string[]
  readonly cluster?: ClusterRecord
}

const objectStorage = { bucket: 'backups', prefix: 'beside' }
const s3Url = 'http://172.18.0.5:7070'

/** Deletes what the guarantee of hf-1 made of Velero, beside what another one made. Velero answers requests to delete a Backup. */
async function deleted({ failures = [], oneWait, errors, cluster = withoutStore }: Given = {}) {
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
    server.put(`${velerosOf('backuprepositories')}/${namespace}-repo`, { metadata: {}, spec: { volumeNamespace: namespace } })
    server.put(`/api/v1/namespaces/velero/configmaps/${namespace}`, { metadata: { labels: { 'holdfast.dev/namespace': namespace } } })
  }
  server.put(`${velerosOf('backupstoragelocations')}/default`, {
    metadata: {},
    spec: { objectStorage, config: { s3Url } },
    status: { phase: 'Available' },
  })
  server.on('POST', /deletebackuprequests$/, () => {
    for (const path of server.paths().filter((one) => one.includes('/deletebackuprequests/')))
      server.put(path, { metadata: {}, status: { phase: 'Processed', ...(errors && { errors }) } })
  })
  const findings = await deleteBackups({
    api,
    cluster,
    velero,
    namespace: 'hf-1',
    signal: new AbortController().signal,
    ...(oneWait && { oneWait }),
  })
  const left = server.paths().filter((path) => path.includes('hf-1'))
  return { findings, left, others: server.paths().filter((path) => path.includes('hf-2')).length }
}

test('all that the guarantee made of Velero is removed, and nothing of another', async () => {
  expect(await deleted()).toEqual({ findings: [], left: [], others: 6 })
})

test.each([
  ['schedules', 'Deleting Schedules'],
  ['restores', 'Waiting for Restores to end'],
  ['datauploads', 'Cancelling each DataUpload'],
  ['backuprepositories', 'Deleting BackupRepositories'],
  ['backupstoragelocations', 'Deleting BackupStorageLocations'],
  ['configmaps', 'Deleting configmaps of Velero'],
])('%s that cannot be listed are a finding, and all else is removed', async (plural, finding) => {
  const { findings, left, others } = await deleted({
    failures: [{ method: 'GET', path: new RegExp(`/${plural}$`), answer: 500 }],
    oneWait: 0.5,
  })
  expect(findings.some((one) => one.startsWith(`${finding} failed: `))).toBe(true)
  expect(left.filter((path) => !path.includes(`/${plural}/`))).toEqual([])
  expect(others).toBe(6)
})

const readOnly = 'cannot delete backup because backup storage location default is currently in read-only mode'
const said = `Velero did not remove the data of Backup hf-1-taken: ${readOnly}.`

test('what Velero did not remove is said with its reason, and what is left of it as far as it can be seen', async () => {
  const { findings, left } = await deleted({ errors: [readOnly] })
  expect(findings).toEqual([`${said} Whether it is still in bucket backups below beside cannot be seen from here.`])
  expect(left).toEqual([])
})

test('where the files of the store are on this machine, what is left is counted, and the rest is known to be gone', async () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const objectStore = { directory, bucket: 'backups', endpoint: s3Url }
  const cluster = { velero, objectStore } as unknown as ClusterRecord
  const gone = await deleted({ errors: [readOnly], cluster })
  expect(gone.findings).toEqual([`${said} Nothing of this guarantee is left in bucket backups below beside.`])
  for (const [folder, name, bytes] of [
    ['backups', 'hf-1-taken', 3],
    ['kopia', 'hf-1-lost', 5],
    ['backups', 'hf-2-taken', 7],
  ] as const) {
    mkdirSync(join(directory, 'beside', folder, name), { recursive: true })
    writeFileSync(join(directory, 'beside', folder, name, 'file'), 'x'.repeat(bytes))
  }
  const { findings } = await deleted({ errors: [readOnly], cluster })
  expect(findings).toEqual([
    `${said} In bucket backups below beside, 2 files of this guarantee are left: 3 B of Backups and Restores, 5 B of volumes.`,
  ])
})
