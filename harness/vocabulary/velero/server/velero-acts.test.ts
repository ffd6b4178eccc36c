import { expect, onTestFinished, test } from 'vitest'
import { ownerAnnotation } from '../../../../contract/annotations.ts'
import type { ClusterRecord, SharedVelero } from '../../../../contract/cluster-record.ts'
import { namespaceLabel } from '../../../../contract/labels.ts'
import { livenessOf, parseOwner } from '../../../../contract/owner.ts'
import { openHistory } from '../../../engine/history/history.ts'
import { openApi } from '../../../engine/kubernetes/api.ts'
import { startScriptedApiServer } from '../../../engine/kubernetes/scripted-api-server.ts'
import { veleroActs } from './velero-acts.ts'
import { withVeleroOf } from './velero-of-guarantee.ts'

const theirs: SharedVelero = { snapshotLocations: ['disks'] }

function clusterWith(shared?: SharedVelero): ClusterRecord {
  const velero = { namespace: 'backups', location: 'main', faultyLocations: {}, ...(shared && { shared }) }
  return { velero, driver: 'csi.example.com', snapshotClass: 'moments' } as unknown as ClusterRecord
}

async function opened(shared?: SharedVelero) {
  const server = await startScriptedApiServer()
  const resources = ['Backup', 'BackupStorageLocation'].map((kind) => ({ name: `${kind.toLowerCase()}s`, kind, namespaced: true }))
  server.put('/apis/velero.io/v1', { metadata: {}, resources })
  const api = openApi({ server: server.url, tls: {}, headers: {} })
  onTestFinished(async () => {
    api.close()
    await server[Symbol.asyncDispose]()
  })
  const { signal } = new AbortController()
  const velero = veleroActs({ api, history: openHistory(), cluster: clusterWith(shared), namespace: 'hf-one-1', signal })
  return { velero, read: async (name: string) => velero.read({ kind: 'Backup', name }) }
}

test('what is asked of Velero is in its namespace, is known as ours, and has an owner that is alive', async () => {
  const { velero, read } = await opened()
  const { metadata, spec } = await read(await velero.backup('taken'))
  expect(metadata).toMatchObject({ name: 'hf-one-1-taken', labels: { [namespaceLabel]: 'hf-one-1' } })
  expect(livenessOf(parseOwner(metadata.annotations?.[ownerAnnotation]))).toBe('alive')
  expect(spec).toMatchObject({ includedNamespaces: ['hf-one-1'], storageLocation: 'main' })
  expect(spec).not.toHaveProperty('snapshotMoveData')
})

test('a Backup in the Velero of somebody else leaves no default to its server', async () => {
  const { velero, read } = await opened(theirs)
  const { spec } = await read(await velero.backup('taken'))
  expect(spec).toMatchObject({ defaultVolumesToFsBackup: false, snapshotMoveData: false, volumeSnapshotLocations: ['disks'] })
  const moved = await read(await velero.backup('moved', { snapshotMoveData: true }))
  expect(moved['spec']).toMatchObject({ snapshotMoveData: true })
})

test('in the Velero of somebody else no location and no setting is made', async () => {
  const { velero } = await opened(theirs)
  const location = { apiVersion: 'velero.io/v1', kind: 'BackupStorageLocation', metadata: { name: 'own' } }
  await expect(velero.apply(location)).rejects.toThrow('BackupStorageLocation own would change a Velero that others use')
  const ours = await opened()
  expect((await ours.velero.apply(location)).metadata.name).toBe('hf-one-1-own')
})

test('the Velero of somebody else is there only for guarantees that require one', () => {
  const cluster = clusterWith(theirs)
  expect(withVeleroOf(cluster, { requires: ['Velero'] })).toBe(cluster)
  expect(withVeleroOf(cluster, { requires: ['DynamicProvisioning'] }).velero).toBeUndefined()
  const ours = clusterWith()
  expect(withVeleroOf(ours, { requires: ['DynamicProvisioning'] })).toBe(ours)
})
