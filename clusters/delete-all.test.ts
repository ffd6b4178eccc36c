import { expect, test } from 'vitest'
import { deleteAll } from './delete-all.ts'
import { resourcesOf, startApiServer, statusOf } from './testing/api-server.ts'

const apiVersion = 'storage.k8s.io/v1'
const names = Array.from({ length: 20 }, (_, place) => `class-${place}`)
const classes = names.map((name) => ({ apiVersion, kind: 'StorageClass', name }))
const patience = { within: 1, first: 0.01, answer: 1 }

test('a silent server is asked nothing once the time is over, and what it has is named in one command', async () => {
  await using server = await startApiServer(({ method }) =>
    method === 'GET' ? resourcesOf(apiVersion, { StorageClass: 'storageclasses' }) : undefined,
  )
  const started = performance.now()
  const findings = await deleteAll({ kubeconfig: server.kubeconfig, context: 'test' }, classes, patience)
  // To ask for all of them, four at once, takes longer than that.
  expect((performance.now() - started) / 1000).toBeLessThan((names.length / 4) * patience.answer)
  expect(server.asked.filter((each) => each.startsWith('DELETE ')).length).toBeLessThanOrEqual(8)
  expect(findings).toHaveLength(1)
  const [finding = ''] = findings
  const [said = '', command = ''] = finding.split(' By hand: ')
  expect(said).toMatch(/^StorageClass class-\d+, .* could not be deleted: The API server did not answer within 1 s\.$/)
  const start = `kubectl --kubeconfig ${server.kubeconfig} --context test delete storageclass `
  expect(command.startsWith(start)).toBe(true)
  expect(command.slice(start.length).split(' ').toSorted()).toEqual(names.toSorted())
})

test('a server that answers is asked for every object, also when the time is over', async () => {
  await using server = await startApiServer(({ method, path }) => {
    if (method === 'GET') return resourcesOf(apiVersion, { StorageClass: 'storageclasses' })
    return path.endsWith('/class-0') ? statusOf(403, 'no rights') : { body: { kind: 'Status', apiVersion: 'v1', status: 'Success' } }
  })
  const findings = await deleteAll({ kubeconfig: server.kubeconfig, context: 'test' }, classes, { within: 0 })
  expect(findings).toEqual([expect.stringMatching(/^StorageClass class-0 could not be deleted: .* delete storageclass class-0$/)])
  for (const name of names) expect(server.asked).toContain(`DELETE /apis/storage.k8s.io/v1/storageclasses/${name}`)
})
