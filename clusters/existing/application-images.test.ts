import type { V1Pod } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import type { Feature } from '../../contract/cluster-record.ts'
import { grantable, rightsOf, rightText, ruleOf, rulesOf } from '../../contract/rights.ts'
import { rightsOfRequest } from '../../contract/rights-of-request.ts'
import { attachExisting, type ExistingOptions, inspectExisting } from '../attach/attach-existing.ts'
import { versions } from '../images/versions.ts'
import { startApiServer, type TestApiServer } from '../testing/api-server.ts'
import { answersOf } from '../testing/cluster-answers.ts'
import { rightsOfItsOwn } from './own-rights.ts'

const workloadImage = 'registry.example.com/holdfast/workload:1'
const postgres = `docker.io/library/postgres:${versions.postgres}-${versions.debian}`
const redis = `docker.io/library/redis:${versions.redis}`
const digest = `sha256:${'a'.repeat(64)}`

/** A node that runs each image but those that it is told not to find. */
function runsAllBut(missing: readonly string[], made: V1Pod[] = []) {
  return (pod: V1Pod): V1Pod['status'] => {
    made.push(pod)
    const image = pod.spec?.containers[0]?.image ?? ''
    const container = { name: 'main', image, imageID: `${image.replace(/:.*/, '')}@${digest}`, ready: false, restartCount: 0 }
    const waiting = { reason: 'ErrImagePull', message: 'not found' }
    if (missing.includes(image)) return { phase: 'Pending', containerStatuses: [{ ...container, imageID: '', state: { waiting } }] }
    const message = image === postgres ? 'postgres (PostgreSQL) 15.14\n/usr/local/bin/docker-ensure-initdb.sh\n' : ''
    return { phase: 'Succeeded', containerStatuses: [{ ...container, state: { terminated: { exitCode: 0, message } } }] }
  }
}

/** Guarantees of three databases, of which one needs a feature that no cluster has here. */
const guarantees: readonly (readonly Feature[])[] = [['PostgreSQL'], ['OfficialPostgresImage'], ['Redis'], ['MongoDB', 'PowerCut']]

function neededWith(features: readonly Feature[]): readonly Feature[] {
  return guarantees.filter((requires) => requires.every((feature) => features.includes(feature))).flat()
}

const config = {}

async function attach(api: TestApiServer, options: Partial<ExistingOptions> = {}) {
  const context = { config, log: () => undefined, neededWith }
  return attachExisting({ kubeconfig: api.kubeconfig, workloadImage, ...options }, context)
}

function imagesTried(made: readonly V1Pod[]): ReadonlySet<string | undefined> {
  return new Set(made.map(({ spec }) => spec?.containers[0]?.image))
}

test.concurrent('the images that guarantees need are tried, no others, and become features', async () => {
  const made: V1Pod[] = []
  await using api = await startApiServer(answersOf({ podStatus: runsAllBut([], made) }))
  const record = await attach(api)
  expect(imagesTried(made)).toEqual(new Set([workloadImage, postgres, redis]))
  expect(record.features).toEqual(expect.arrayContaining(['PostgreSQL', 'OfficialPostgresImage', 'Redis']))
  expect(record.applicationImages).toEqual({ postgres, redis })
  expect(record.images).toContainEqual({ name: 'redis', reference: redis, digest, from: 'pulled' })
  expect(record.platform?.evidence).toContainEqual({
    ...{ feature: 'PostgreSQL', isThere: true, by: 'probe' },
    seen: `${postgres} runs on one (postgres (PostgreSQL) 15.14)`,
  })
})

test.concurrent('a feature whose image nobody tried says so, also where none was tried', async () => {
  await using api = await startApiServer(answersOf({ podStatus: runsAllBut([]) }))
  const notTried = 'its image is not tried: no guarantee that could run needs it'
  expect((await attach(api)).lacking).toMatchObject({ MongoDB: notTried, Etcd: notTried })
  const context = { config, log: () => undefined, neededWith: () => [] }
  const { lacking, platform } = await attachExisting({ kubeconfig: api.kubeconfig, workloadImage }, context)
  expect(lacking).toMatchObject({ PostgreSQL: notTried, Redis: notTried })
  expect(platform?.evidence?.map(({ feature }) => feature)).not.toContain('Redis')
})

test.concurrent('databases run as the user of their images, at the level restricted', async () => {
  const made: V1Pod[] = []
  await using api = await startApiServer(answersOf({ podStatus: runsAllBut([], made) }))
  await attach(api)
  expect(made.find(({ metadata }) => metadata?.name === 'redis-0')?.spec).toMatchObject({
    securityContext: { runAsUser: 999, runAsNonRoot: true },
    containers: [{ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
  })
})

test.concurrent('an image that no node can pull is a feature that is lacking, with what was seen', async () => {
  await using api = await startApiServer(answersOf({ podStatus: runsAllBut([postgres]) }))
  const record = await attach(api)
  expect(record.features).toContain('Redis')
  expect(record.features).not.toContain('PostgreSQL')
  expect(record.lacking).toMatchObject({
    PostgreSQL: `Node one cannot pull ${postgres} (ErrImagePull): not found`,
    OfficialPostgresImage: `Node one cannot pull ${postgres} (ErrImagePull): not found`,
  })
  expect(record.applicationImages).toEqual({ redis })
})

test.concurrent('an image that the user named and no node can pull ends the run with one sentence', async () => {
  const named = 'registry.example.com/redis:9'
  await using api = await startApiServer(answersOf({ podStatus: runsAllBut([named]) }))
  await expect(attach(api, { images: { redis: named } })).rejects.toMatchObject({
    message: `Node one cannot pull ${named} (ErrImagePull): not found.`,
    fix: 'Push it with "./holdfast image push <repository> redis" to a registry that the nodes can reach, and pass it as --image redis=<reference>.',
  })
  expect(api.asked.filter((each) => each.startsWith('DELETE /api/v1/namespaces'))).toHaveLength(3)
})

test.concurrent('what is declared is there and what is undeclared is not tried', async () => {
  const made: V1Pod[] = []
  await using api = await startApiServer(answersOf({ podStatus: runsAllBut([redis], made) }))
  const record = await attach(api, { declared: ['Redis'], undeclared: ['PostgreSQL', 'OfficialPostgresImage'] })
  expect(imagesTried(made)).toEqual(new Set([workloadImage, redis]))
  expect(record.features).toContain('Redis')
  expect(record.applicationImages).toEqual({ redis })
  expect(record.lacking).toMatchObject({ PostgreSQL: 'named with --undeclare' })
})

test.concurrent('trying images takes no right that is not named', async () => {
  await using api = await startApiServer(answersOf({ podStatus: runsAllBut([]) }))
  await attach(api)
  const taken = api.asked.flatMap((each) => {
    const [method = '', path = ''] = each.split(' ')
    return rightsOfRequest({ method, path })
  })
  const named = new Set(rightsOf(grantable(rightsOfItsOwn({ snapshots: false, program: false }))).map(rightText))
  const unnamed = rightsOf(grantable(rulesOf(taken))).map(rightText)
  expect(unnamed.filter((one) => !named.has(one))).toEqual([])
})

test.concurrent('rights of guarantees whose image is there are asked for', async () => {
  const isAllowed = ({ resource }: { readonly resource?: string }) => resource !== 'deployments'
  await using api = await startApiServer(answersOf({ isAllowed, podStatus: runsAllBut([]) }))
  const rightsFor = (features: readonly Feature[]) => (features.includes('Redis') ? [ruleOf('own deployments.apps: create')] : [])
  const context = { config, log: () => undefined, neededWith, rightsFor }
  await expect(attachExisting({ kubeconfig: api.kubeconfig, workloadImage }, context)).rejects.toThrow(/lacks rights .*create deployments/)
})

test.concurrent('a dry run lists the images and tries none', async () => {
  await using api = await startApiServer(answersOf({}))
  const named = 'registry.example.com/redis:9'
  const context = { config: { mirror: 'mirror.example.com/hub' }, log: () => undefined, neededWith }
  const { images, record } = await inspectExisting({ kubeconfig: api.kubeconfig, workloadImage, images: { redis: named } }, context)
  expect(images).toEqual([
    { name: 'workload', reference: workloadImage, from: 'named' },
    { name: 'postgres', reference: postgres.replace('docker.io', 'mirror.example.com/hub'), from: 'pulled' },
    { name: 'redis', reference: named, from: 'named' },
  ])
  expect(record.lacking?.PostgreSQL).toBe('a dry run starts no Pod with its image')
  expect(api.asked.filter((each) => each.startsWith('POST') && !each.includes('selfsubjectaccessreviews'))).toEqual([])
})
