import { expect, test } from 'vitest'
import { startApiServer } from '../../clusters/testing/api-server.ts'
import { type AnsweredCluster, answersOf, node } from '../../clusters/testing/cluster-answers.ts'
import { planRun } from '../plan/run-plan.ts'
import { lookAtForeign } from './foreign-cluster.ts'

const image = 'registry.example.com/holdfast/workload:1'

/** What a dry run finds on a cluster, and all that was asked of it but for lists and reviews of access. */
async function looked(cluster: AnsweredCluster, names: readonly string[] = ['statefulset']) {
  await using api = await startApiServer(answersOf(cluster))
  const options = { kubeconfig: api.kubeconfig, workloadImage: image, declare: ['BlockVolumes'] } as const
  const plan = planRun(names, options)
  const { target } = plan
  if (target.kind !== 'foreign') throw new Error('The plan is for another cluster.')
  const found = await lookAtForeign(plan, target.cluster).catch((error: unknown) => error)
  const changes = api.asked.filter((each) => !each.startsWith('GET') && !each.endsWith('/selfsubjectaccessreviews'))
  return { found, changes }
}

test('features, image and what would be made are told, and nothing is made', async () => {
  const { found, changes } = await looked({ nodes: [node('one'), node('two')] })
  expect(found).toMatchObject({
    cluster: { name: 'example', context: 'test', Kubernetes: 'v1.36.3', StorageClass: 'fast (Immediate)', VolumeSnapshotClass: 'none' },
    features: expect.arrayContaining([
      { feature: 'MultipleNodes', offered: true, how: '2 nodes accept Pods' },
      { feature: 'BlockVolumes', offered: true, how: expect.stringMatching(/^named with --declare, although a dry run probes nothing/) },
      { feature: 'VolumeSnapshots', offered: false, how: 'the cluster does not serve the VolumeSnapshotClass API' },
    ]),
    images: [{ name: 'workload', reference: image, from: 'its registry: the nodes pull it' }],
    rights: expect.arrayContaining([expect.stringMatching(/^own pods: create .*list/)]),
    before: [
      'namespace hf-preflight-<random> with a Pod of registry.example.com/holdfast/workload:1 on each of one, two; removed before the first guarantee',
      expect.stringContaining('namespace hf-probe-<random>'),
      'Lease kube-system/holdfast, removed at the end of the run. Lease kube-system/holdfast is free.',
    ],
  })
  expect(changes).toEqual([])
})

test('the images that guarantees of databases need are listed with where each would come from', async () => {
  const { found, changes } = await looked({ nodes: [node('one')] }, ['app/single-redis-deployment', 'app/quorum-forms-in-parallel'])
  expect(found).toMatchObject({
    images: [
      { name: 'workload' },
      { name: 'redis', reference: expect.stringContaining('docker.io/library/redis:'), from: 'its registry: the nodes pull it' },
      { name: 'etcd', reference: expect.stringContaining('registry.k8s.io/etcd:'), from: 'its registry: the nodes pull it' },
      { name: 'backup-tools', from: 'the nodes, where it was imported ("./holdfast image save")' },
    ],
    features: expect.arrayContaining([
      { feature: 'Redis', offered: false, untried: true, how: 'a dry run starts no Pod with its image' },
      { feature: 'MongoDB', offered: false, how: 'its image is not tried: no guarantee that could run needs it' },
    ]),
    before: expect.arrayContaining([expect.stringContaining('with a Pod of each other image on each of one')]),
  })
  expect(changes).toEqual([])
})

test('what would stop the run stops the dry run, with the command that prints the roles', async () => {
  const { found, changes } = await looked({ isAllowed: ({ resource }) => resource !== 'namespaces' })
  expect(found).toMatchObject({
    message: expect.stringMatching(
      /^The user of context test lacks rights that the suites need: create, delete, get, list.* namespaces\.$/,
    ),
    fix: expect.stringContaining('"./holdfast rbac statefulset"'),
  })
  expect(changes).toEqual([])
})
