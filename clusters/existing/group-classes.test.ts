import { expect, test } from 'vitest'
import { clusterApi } from '../api.ts'
import { startApiServer } from '../testing/api-server.ts'
import { type AnsweredCluster, answersOf } from '../testing/cluster-answers.ts'
import { groupClassOf } from './group-classes.ts'

const driver = 'csi.example.com'
const named = (name: string, more: object = {}) => ({ metadata: { name }, driver, ...more })
const byDefault = { metadata: { name: 'usual', annotations: { 'groupsnapshot.storage.kubernetes.io/is-default-class': 'true' } }, driver }

async function found(cluster: AnsweredCluster, snapshotClass?: string) {
  await using server = await startApiServer(answersOf(cluster))
  return await groupClassOf(clusterApi(server.kubeconfig), { driver, snapshotClass })
}

test.concurrent('the default class, the only one, or the one that is called as the VolumeSnapshotClass', async () => {
  const others = [named('one'), named('two'), { ...named('foreign'), driver: 'other' }]
  expect(await found({ groupSnapshotClasses: [...others, byDefault] })).toEqual({ name: 'usual', retains: false })
  expect(await found({ groupSnapshotClasses: [named('one', { deletionPolicy: 'Retain' })] })).toEqual({ name: 'one', retains: true })
  expect(await found({ groupSnapshotClasses: others }, 'two')).toEqual({ name: 'two', retains: false })
})

test.concurrent('without one, why', async () => {
  const why = async (cluster: AnsweredCluster) => (await found(cluster, 'three')) as { readonly why: string }
  expect((await why({ groupSnapshotClasses: undefined })).why).toBe('the cluster does not serve the API of group snapshots')
  expect((await why({ groupSnapshotClasses: [], hidden: ['VolumeGroupSnapshotClass'] })).why).toBe(
    'VolumeGroupSnapshotClasses cannot be read',
  )
  expect((await why({ groupSnapshotClasses: [{ ...named('foreign'), driver: 'other' }] })).why).toBe(
    `driver ${driver} has no VolumeGroupSnapshotClass`,
  )
  expect((await why({ groupSnapshotClasses: [named('one'), named('two')] })).why).toContain('has several VolumeGroupSnapshotClasses')
})
