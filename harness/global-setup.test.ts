import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { ownerAnnotation } from '../contract/annotations.ts'
import type { ClusterRecord } from '../contract/cluster-record.ts'
import { ownerText, thisOwner } from '../contract/owner.ts'
import { sweepAbandonedNamespaces } from './global-setup.ts'
import { openApi } from './kubernetes/api.ts'

const dead = ownerText({ ...thisOwner(), pid: spawnSync('true').pid })
const ofAnotherHost = ownerText({ ...thisOwner(), host: 'abc', boot: 'def' })
const namespaces: Readonly<Record<string, string | undefined>> = {
  default: undefined,
  'hf-alive': ownerText(thisOwner()),
  'hf-dead': dead,
  'hf-elsewhere': ofAnotherHost,
  'hf-garbage': 'somebody',
}

test('only the namespace of a dead process is deleted; of one that may be alive it is printed how to delete it', async () => {
  const deletions: string[] = []
  const server = createServer((request, response) => {
    const { method, url = '' } = request
    if (method === 'DELETE') deletions.push(url)
    const isList = new URL(url, 'http://api').pathname === '/api/v1/namespaces'
    const items = Object.entries(namespaces).map(([name, owner]) => ({
      metadata: { name, uid: name, resourceVersion: '1', ...(owner !== undefined && { annotations: { [ownerAnnotation]: owner } }) },
    }))
    // Whatever is listed when the deletion has been asked for is gone.
    response.end(JSON.stringify({ metadata: { resourceVersion: '1' }, items: isList && deletions.length === 0 ? items : [] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const api = openApi({ server: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), tls: {}, headers: {} })
  onTestFinished(async () => {
    api.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const printed: string[] = []
  const cluster = { name: 'holdfast-a', features: ['NodeControl'] } as unknown as ClusterRecord
  await sweepAbandonedNamespaces({ api, cluster, print: (line) => printed.push(line) })
  expect(deletions.filter((url) => url.endsWith('/namespaces/hf-dead'))).toHaveLength(1)
  expect(deletions.filter((url) => !url.includes('hf-dead'))).toEqual([])
  expect(printed).toEqual([
    'A run that was killed left namespace hf-dead: deleting it.',
    expect.stringMatching(/^Namespace hf-elsewhere belongs to process \d+ of another machine, .* kubectl delete namespace hf-elsewhere$/),
    expect.stringMatching(/^Namespace hf-garbage belongs to nobody who left a name, .* kubectl delete namespace hf-garbage$/),
  ])
})
