import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse, stringify } from 'yaml'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { openChaos } from './chaos.ts'

test('suites get a cluster whose kubeconfig leads through a proxy, for as long as they run', async () => {
  const server = createServer((request, response) =>
    response.end(JSON.stringify({ asked: request.url, by: request.headers.authorization })),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
    rmSync(directory, { recursive: true })
  })
  const kubeconfig = join(directory, 'kubeconfig')
  const { port } = server.address() as AddressInfo
  const clusters = [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }]
  const contexts = [{ name: 'kind', context: { cluster: 'c', user: 'u' } }]
  writeFileSync(kubeconfig, stringify({ contexts, clusters, users: [{ name: 'u', user: { token: 'real' } }] }))
  const cluster = join(directory, 'cluster.json')
  writeFileSync(cluster, JSON.stringify({ name: 'one', kubeconfig, context: 'kind', features: ['Velero', 'SecondCluster'] }))

  const chaos = await openChaos({ seed: 1, directory, cluster })
  const record = JSON.parse(readFileSync(chaos.cluster, 'utf8')) as ClusterRecord
  expect(record).toMatchObject({ name: 'one', context: 'kind', features: ['Velero'], lacking: { SecondCluster: expect.any(String) } })
  expect(statSync(record.kubeconfig).mode & 0o777).toBe(0o600)
  const read = parse(readFileSync(record.kubeconfig, 'utf8')) as {
    clusters: [{ cluster: { server: string } }]
    users: [{ user: { token: string } }]
  }
  const url = new URL('/api/v1/pods', read.clusters[0].cluster.server)
  const headers = { authorization: `Bearer ${read.users[0].user.token}` }
  const answers: unknown[] = []
  for (let asked = 0; asked < 60; asked += 1) answers.push(await (await fetch(url, { headers })).json())
  expect(answers).toContainEqual({ asked: '/api/v1/pods', by: 'Bearer real' })

  await chaos[Symbol.asyncDispose]()
  await expect(fetch(url, { headers })).rejects.toThrow('fetch failed')
  const log = readFileSync(join(directory, 'chaos.jsonl'), 'utf8').trim().split('\n')
  expect(log.length).toBe(answers.filter((answer) => (answer as { asked?: string }).asked === undefined).length)
  expect(JSON.parse(log[0] ?? '')).toMatchObject({ method: 'GET', path: '/api/v1/pods', fate: { kind: 'refused' } })
})

test('a proxy that cannot begin says so', async () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const cluster = join(directory, 'cluster.json')
  writeFileSync(cluster, JSON.stringify({ name: 'one', kubeconfig: join(directory, 'none'), context: 'kind', features: [] }))
  await expect(openChaos({ seed: 1, directory, cluster })).rejects.toThrow('The chaos proxy exited with code 1 before it was ready:')
})
