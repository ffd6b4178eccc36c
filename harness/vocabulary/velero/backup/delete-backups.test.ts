import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ClusterRecord, VeleroRecord } from '../../../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../../../contract/owner.ts'
import { rightsOf, rightText } from '../../../../contract/rights.ts'
import { rightsOfRequest } from '../../../../contract/rights-of-request.ts'
import { rightsToRemoveBackups } from '../../../../contract/rights-to-remove-backups.ts'
import { openApi } from '../../../engine/kubernetes/api.ts'
import { type Failure, type ScriptedApiServer, startScriptedApiServer } from '../../../engine/kubernetes/scripted-api-server.ts'
import { veleroKinds } from '../velero-kinds.ts'
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
  readonly of?: VeleroRecord
  /** Further things that there are of Velero, by path, and what happens there. */
  readonly more?: (server: ScriptedApiServer) => void
}

const objectStorage = { bucket: 'backups', prefix: 'beside' }
const s3Url = 'http://172.18.0.5:7070'

/** Deletes what the guarantee of hf-1 made of Velero, beside what another one made. Velero answers requests to delete a Backup. */
async function deleted({ failures = [], oneWait, errors, cluster = withoutStore, of = velero, more }: Given = {}) {
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
  server.put(`${velerosOf('backupstoragelocations')}/default`, {
    metadata: {},
    spec: { objectStorage, config: { s3Url } },
    status: { phase: 'Available' },
  })
  server.on('POST', /deletebackuprequests$/, () => {
    for (const path of server.paths().filter((one) => one.includes('/deletebackuprequests/')))
      server.put(path, { metadata: {}, status: { phase: 'Processed', ...(errors && { errors }) } })
  })
  more?.(server)
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

test('of a Velero that others use, no Secret, ConfigMap or location is touched, and what its store keeps is told', async () => {
  const shared: VeleroRecord = { ...velero, shared: { snapshotLocations: [] } }
  const { findings, left, others, asked } = await deleted({ of: shared })
  expect(findings).toEqual(['Velero keeps the repository kopia/hf-1 in the store of BackupStorageLocation default: delete it there.'])
  expect(left).toEqual(['/api/v1/namespaces/velero/configmaps/hf-1'])
  expect(others).toBe(6)
  expect(asked.filter((each) => /secrets|configmaps|(POST|PATCH|DELETE) .*storagelocations/.test(each))).toEqual([])
})

/** Each kind of Velero is there, and its finalizer keeps what is deleted until that is removed. */
function heldByFinalizers(server: ScriptedApiServer): void {
  const status = { phase: 'Completed' }
  for (const { apiVersion, plural } of Object.values(veleroKinds)) {
    const path = `/apis/${apiVersion}/namespaces/velero/${plural}/hf-1-held`
    server.put(path, { metadata: {}, spec: { storageLocation: 'default', volumeNamespace: 'hf-1' }, status })
    server.on('DELETE', new RegExp(`${path}$`), () => server.put(path, { metadata: {}, status }))
  }
}

test('of a Velero that others use, no right is taken that is not asked for before the start', async () => {
  const { asked } = await deleted({ of: { ...velero, shared: { snapshotLocations: [] } }, more: heldByFinalizers, oneWait: 0.3 })
  const taken = asked.flatMap((request) => {
    const [method = '', path = ''] = request.split(' ')
    return rightsOfRequest({ method, path }).map(rightText)
  })
  expect(taken).toContain('namespace/velero backups.velero.io: delete')
  expect(taken).toContain('namespace/velero restores.velero.io: patch')
  const given = rightsOf(rightsToRemoveBackups).map(rightText)
  expect([...new Set(taken)].filter((right) => !given.includes(right))).toEqual([])
})
