import { expect, test } from 'vitest'
import { rightsOfRequest } from '../../contract/rights-of-request.ts'
import { rightsOf, rightText } from '../../contract/rights.ts'
import { clusterApi } from '../api.ts'
import { rightsToSeeVelero } from '../existing/own-rights.ts'
import { startApiServer, statusOf, type TestApiServer } from '../testing/api-server.ts'
import { answersOf, node } from '../testing/cluster-answers.ts'
import { type AnsweredVelero, storageLocation, veleroServer, withVelero } from '../testing/velero-answers.ts'
import { askServer } from './ask-server.ts'
import { lookAtVelero } from './look-at-velero.ts'

const velero = { deployments: [veleroServer('velero')], locations: [storageLocation('velero', 'main')], version: 'v1.18.4' }

async function started(answered: AnsweredVelero) {
  return startApiServer(withVelero(answered, answersOf({})))
}

async function look(
  { kubeconfig }: TestApiServer,
  { asks, namespace, isNeeded = true }: { readonly asks: boolean; readonly namespace?: string; readonly isNeeded?: boolean },
) {
  const snapshotClass = { why: 'there is no VolumeSnapshotClass' }
  return lookAtVelero(clusterApi(kubeconfig), {
    namespace,
    snapshotClass,
    nodes: [node('one')],
    asks,
    grant,
    isNeeded,
    log: () => undefined,
  })
}

const grant = './holdfast rbac velero --velero-namespace velero'

test('its server says its version, and what asked for it is removed', async () => {
  await using server = await started(velero)
  expect((await look(server, { asks: true })).velero?.shared?.version).toBe('v1.18.4')
  const changes = server.asked.filter((each) => !each.startsWith('GET')).map((each) => each.replace(/probe-\w+/, 'probe'))
  expect(changes).toEqual([
    'POST /apis/velero.io/v1/namespaces/velero/serverstatusrequests',
    'DELETE /apis/velero.io/v1/namespaces/velero/serverstatusrequests/hf-probe',
  ])
})

test('where nothing may be made, nothing is, and the image tells the version', async () => {
  await using server = await started(velero)
  expect((await look(server, { asks: false })).velero?.shared?.version).toBe('v1.18.3')
  expect(server.asked.filter((each) => !each.startsWith('GET'))).toEqual([])
})

test('in a namespace that is named, no right is taken that is not listed', async () => {
  await using server = await started({ ...velero, mayReadOnly: ['velero'] })
  await look(server, { asks: true, namespace: 'velero' })
  const listed = new Set(rightsOf(rightsToSeeVelero).map(rightText))
  const taken = server.asked.flatMap((each) => {
    const [method = '', path = ''] = each.split(' ')
    return rightsOfRequest({ method, path }).map(rightText)
  })
  expect(taken.length).toBeGreaterThan(5)
  expect(taken.filter((right) => !listed.has(right))).toEqual([])
})

test('a namespace that is named and has no Velero is a sentence', async () => {
  await using server = await started(velero)
  await expect(look(server, { asks: true, namespace: 'backups' })).rejects.toMatchObject({
    message:
      'There is no Velero to use in the namespace that --velero-namespace names: no Deployment in namespace backups runs "velero server".',
    fix: 'Name the namespace in which "velero server" runs, or leave out the flag.',
  })
})

test.each(['backupstoragelocations', 'deployments', 'pods', 'volumesnapshotlocations'])(
  'a namespace that is named, in which %s may not be listed, is a sentence with the roles that are missing',
  async (plural) => {
    await using server = await startApiServer(({ method, path }) =>
      path.endsWith(`/namespaces/velero/${plural}`)
        ? statusOf(403, `${plural} is forbidden`)
        : withVelero(velero, answersOf({}))({ method, path, body: undefined }),
    )
    await expect(look(server, { asks: false, namespace: 'velero' })).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`^There is no Velero to use .* cannot be read: ${plural} is forbidden\\.$`)) as string,
      fix: `Have an administrator of the cluster apply what "${grant}" prints, or name another namespace.`,
    })
  },
)

test('of two the user is asked to name one, where a guarantee needs it; otherwise none is used', async () => {
  await using server = await started({ ...velero, deployments: [veleroServer('one'), veleroServer('two')] })
  const sentence = 'Velero runs in the namespaces one and two: choose one with --velero-namespace'
  await expect(look(server, { asks: false })).rejects.toMatchObject({
    message: `${sentence}.`,
    fix: 'Or leave out what needs it with --undeclare Velero.',
  })
  const { features } = await look(server, { asks: false, isNeeded: false })
  expect(features[0]).toMatchObject({ feature: 'Velero', isThere: false, seen: sentence })
})

test('a server that does not answer is told of, and its request is removed', async () => {
  await using server = await started({})
  const pace = { answersWithin: 0.1, betweenLooks: 0.05 }
  expect(await askServer(clusterApi(server.kubeconfig), { namespace: 'velero', log: () => undefined, pace })).toEqual({
    silent: 'its server did not answer a ServerStatusRequest within 0.1 s',
  })
  expect(server.asked.some((each) => each.startsWith('DELETE '))).toBe(true)
})

test('a request that is refused leaves the version to the image', async () => {
  await using server = await startApiServer(({ method, path }) =>
    method === 'POST'
      ? statusOf(403, 'serverstatusrequests is forbidden')
      : withVelero(velero, answersOf({}))({ method, path, body: undefined }),
  )
  const { features } = await look(server, { asks: true })
  expect(features[0]).toMatchObject({ isThere: true, by: 'api' })
  expect(features[0]?.seen).toContain('its server was not asked for its version: serverstatusrequests is forbidden')
})
