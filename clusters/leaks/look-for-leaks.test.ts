import { expect, test } from 'vitest'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { grantable, rightsOf, rulesOf } from '../../contract/rights.ts'
import { rightsOfRequest } from '../../contract/rights-of-request.ts'
import { rightsOfItsOwn } from '../existing/own-rights.ts'
import { type Answer, resourcesOf, startApiServer } from '../testing/api-server.ts'
import { lookForLeaks } from './look-for-leaks.ts'

const served: Readonly<Record<string, Answer>> = {
  '/api/v1': resourcesOf('v1', { PersistentVolume: 'persistentvolumes', Namespace: 'namespaces' }),
  '/apis/storage.k8s.io/v1': resourcesOf('storage.k8s.io/v1', { VolumeAttachment: 'volumeattachments' }),
  '/apis/snapshot.storage.k8s.io/v1': resourcesOf('snapshot.storage.k8s.io/v1', { VolumeSnapshotContent: 'volumesnapshotcontents' }),
  '/apis/groupsnapshot.storage.k8s.io/v1': resourcesOf('groupsnapshot.storage.k8s.io/v1', {
    VolumeGroupSnapshotContent: 'volumegroupsnapshotcontents',
  }),
}

/** Looks at a cluster of somebody else that has nothing, but for what is given by path. Returns what leaks, and the rights that it took. */
async function look(answers: Readonly<Record<string, Answer>> = {}) {
  const empty: Answer = { body: { apiVersion: 'v1', kind: 'List', metadata: {}, items: [] } }
  await using server = await startApiServer(({ path }) => answers[path] ?? served[path] ?? empty)
  const record = { kubeconfig: server.kubeconfig, driver: 'csi.example.com', callLogDirectory: null } as unknown as ClusterRecord
  const signal = new AbortController().signal
  const leaks = await lookForLeaks(record, { since: '2026-11-29T10:00:00.000Z', namespaces: ['hf-1'], signal })
  const listed = server.asked.filter((each) => served[each.split(' ')[1] ?? ''] === undefined)
  const taken = listed.flatMap((each) => {
    const [method = '', path = ''] = each.split(' ')
    return rightsOfRequest({ method, path })
  })
  return { leaks, rights: rightsOf(grantable(rulesOf(taken))) }
}

test('the look at a cluster of somebody else takes no right that is not named, and does not wait where nothing leaked', async () => {
  const start = performance.now()
  const { leaks, rights } = await look()
  expect(performance.now() - start).toBeLessThan(10_000)
  expect(leaks).toEqual([])
  expect(rights.map(({ resource }) => resource).toSorted()).toEqual([
    ...['namespaces', 'persistentvolumes', 'volumeattachments', 'volumegroupsnapshotcontents', 'volumesnapshotcontents'],
  ])
  expect(rightsOf(grantable(rightsOfItsOwn({ snapshots: false, program: false })))).toEqual(expect.arrayContaining([...rights]))
})

test('who may not list what could be left is told so at once, and not that nothing is', async () => {
  const body = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Forbidden', code: 403 }
  await expect(look({ '/apis/storage.k8s.io/v1/volumeattachments': { status: 403, body } })).rejects.toThrow(
    'This user may not list VolumeAttachments: nobody knows whether storage was left behind.',
  )
})
