import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { programOnPath } from '../../contract/program-on-path.ts'
import { clusterApi } from '../api.ts'
import { resourcesOf, startApiServer } from '../testing/api-server.ts'
import { renewPodRoutes } from './pod-routes.ts'

/** An engine in whose nodes the file of routes is a file of the test: each node has its own, or none. Returns what reads it. */
function nodesWith(routes: Readonly<Record<string, string>>): (node: string) => string {
  const directory = programOnPath(
    'docker',
    (own) => `case "$2" in
--interactive) cat > ${own}/$3 ;;
*) cat ${own}/$2 2> /dev/null || true ;;
esac`,
  )
  for (const [node, text] of Object.entries(routes)) writeFileSync(join(directory, node), text)
  return (node) => readFileSync(join(directory, node), 'utf8')
}

const node = (name: string, podCIDR: string, address: string) => ({
  metadata: { name },
  spec: { podCIDR },
  status: { addresses: [{ type: 'InternalIP', address }] },
})

async function renewed(): Promise<readonly string[]> {
  const items = [node('a', '10.244.0.0/24', '172.18.0.3'), node('b', '10.244.1.0/24', '172.18.0.4')]
  const list = { apiVersion: 'v1', kind: 'NodeList', metadata: {}, items }
  await using server = await startApiServer(({ path: asked }) =>
    asked === '/api/v1' ? resourcesOf('v1', { Node: 'nodes' }) : { body: list },
  )
  const lines: string[] = []
  await renewPodRoutes(clusterApi(server.kubeconfig), (line) => lines.push(line))
  return lines
}

const current = { a: 'masquerade 10.244.0.0/16\n10.244.1.0/24 172.18.0.4\n', b: 'masquerade 10.244.0.0/16\n10.244.0.0/24 172.18.0.3\n' }

test('nodes that swapped their addresses are joined again', async () => {
  const read = nodesWith({ a: current.a.replace('.4', '.3'), b: current.b.replace('.3', '.4') })
  const joined = (name: string) => `Node ${name} knows others by addresses that they no longer have: joining the Pod networks again.`
  expect((await renewed()).toSorted()).toEqual([joined('a'), joined('b')])
  expect({ a: read('a'), b: read('b') }).toEqual(current)
})

test('nodes whose addresses are as they were, and nodes of a public image, are left alone', async () => {
  const read = nodesWith({ a: current.a })
  expect(await renewed()).toEqual([])
  expect(read('a')).toBe(current.a)
})
