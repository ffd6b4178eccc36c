import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { clusterApi } from '../api.ts'
import { resourcesOf, startApiServer } from '../testing/api-server.ts'
import { renewPodRoutes } from './pod-routes.ts'

let directory: string
const path = process.env['PATH']

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  process.env['PATH'] = `${directory}:${path}`
})
afterEach(() => {
  process.env['PATH'] = path
  rmSync(directory, { recursive: true })
})

/** An engine in whose nodes the file of routes is a file of the test: each node has its own, or none. */
function nodesWith(routes: Readonly<Record<string, string>>): void {
  for (const [node, text] of Object.entries(routes)) writeFileSync(join(directory, node), text)
  const script = `#!/bin/sh
case "$2" in
--interactive) cat > ${directory}/$3 ;;
*) cat ${directory}/$2 2> /dev/null || true ;;
esac
`
  writeFileSync(join(directory, 'docker'), script)
  chmodSync(join(directory, 'docker'), 0o755)
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
const read = (name: string) => readFileSync(join(directory, name), 'utf8')

test('nodes that swapped their addresses are joined again', async () => {
  nodesWith({ a: current.a.replace('.4', '.3'), b: current.b.replace('.3', '.4') })
  const joined = (name: string) => `Node ${name} knows others by addresses that they no longer have: joining the Pod networks again.`
  expect((await renewed()).toSorted()).toEqual([joined('a'), joined('b')])
  expect({ a: read('a'), b: read('b') }).toEqual(current)
})

test('nodes whose addresses are as they were, and nodes of a public image, are left alone', async () => {
  nodesWith({ a: current.a })
  expect(await renewed()).toEqual([])
  expect(read('a')).toBe(current.a)
})
