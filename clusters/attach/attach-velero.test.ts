import type { V1Pod, V1ResourceAttributes } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import type { Feature } from '../../contract/cluster-record.ts'
import { ruleOf } from '../../contract/rights.ts'
import { attachExisting, inspectExisting } from './attach-existing.ts'
import { startApiServer } from '../testing/api-server.ts'
import { answersOf } from '../testing/cluster-answers.ts'
import { storageLocation, veleroServer, withVelero } from '../testing/velero-answers.ts'

const image = 'registry.example.com/holdfast/workload:1'

function ran(): V1Pod['status'] {
  const container = { name: 'main', image, imageID: image, ready: false, restartCount: 0 }
  return { phase: 'Succeeded', containerStatuses: [{ ...container, state: { terminated: { exitCode: 0, reason: 'Completed' } } }] }
}

test('an installed Velero is found and described, and the roles for it name its namespace', async () => {
  const velero = { deployments: [veleroServer('backups')], locations: [storageLocation('backups', 'main')], version: 'v1.18.4' }
  await using api = await startApiServer(withVelero(velero, answersOf({ podStatus: ran })))
  const asked: (string | undefined)[] = []
  const context = {
    config: {},
    log: () => undefined,
    rightsFor: (_: unknown, namespace: string | undefined) => (asked.push(namespace), []),
    neededWith: () => ['Velero'] as const,
  }
  const record = await attachExisting({ kubeconfig: api.kubeconfig, workloadImage: image }, context)
  expect(record).toMatchObject({
    versions: { velero: 'v1.18.4' },
    velero: { namespace: 'backups', location: 'main', faultyLocations: {}, shared: { snapshotLocations: [] } },
  })
  expect(record.features).toContain('Velero')
  expect(record.lacking).toMatchObject({ NodeAgent: 'no Pod of namespace backups runs "velero node-agent server"' })
  expect(asked).toEqual(['backups', 'backups'])
  const without = await inspectExisting({ kubeconfig: api.kubeconfig, workloadImage: image, undeclared: ['Velero'] }, context)
  expect(without.record.velero).toBeUndefined()
})

test('who lacks rights in the namespace of Velero is told the roles for it', async () => {
  const velero = { deployments: [veleroServer('backups')], locations: [storageLocation('backups', 'main')] }
  const isAllowed = ({ namespace }: V1ResourceAttributes) => namespace !== 'backups'
  await using api = await startApiServer(withVelero(velero, answersOf({ isAllowed })))
  const rightsOfVelero = (_: unknown, namespace = '') => [ruleOf(`namespace/${namespace} backups.velero.io: create`)]
  const context = { config: {}, log: () => undefined, grant: './holdfast rbac velero', rightsFor: rightsOfVelero }
  await expect(inspectExisting({ kubeconfig: api.kubeconfig, workloadImage: image }, context)).rejects.toMatchObject({
    message: 'The user of context test lacks rights that the suites need: create backups.velero.io in namespace backups.',
    fix: expect.stringContaining('"./holdfast rbac velero --velero-namespace backups"') as string,
  })
})

test('the server is not asked where no guarantee needs Velero', async () => {
  const velero = { deployments: [veleroServer('backups')], locations: [storageLocation('backups', 'main')], version: 'v1.18.4' }
  await using api = await startApiServer(withVelero(velero, answersOf({ podStatus: ran })))
  const context = { config: {}, log: () => undefined, neededWith: () => ['DynamicProvisioning'] as const }
  const record = await attachExisting({ kubeconfig: api.kubeconfig, workloadImage: image }, context)
  expect(record.velero).toMatchObject({ namespace: 'backups' })
  expect(api.asked.filter((each) => each.includes('serverstatusrequests'))).toEqual([])
})

test('of two the user is asked to name one, unless no guarantee needs Velero or it is not to be used', async () => {
  const velero = { deployments: [veleroServer('one'), veleroServer('two')], locations: [] }
  await using api = await startApiServer(withVelero(velero, answersOf({})))
  const look = async (undeclared: readonly 'Velero'[], selected: Feature) => {
    const neededWith = (features: readonly Feature[]) => (features.includes(selected) ? [selected] : [])
    const context = { config: {}, log: () => undefined, neededWith }
    return inspectExisting({ kubeconfig: api.kubeconfig, workloadImage: image, undeclared }, context)
  }
  await expect(look([], 'Velero')).rejects.toMatchObject({
    message: 'Velero runs in the namespaces one and two: choose one with --velero-namespace.',
  })
  expect((await look([], 'BlockVolumes')).record.velero).toBeUndefined()
  expect((await look(['Velero'], 'Velero')).record.velero).toBeUndefined()
})
