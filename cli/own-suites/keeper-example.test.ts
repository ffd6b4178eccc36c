import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Asked, startApiServer } from '../../clusters/testing/api-server.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { keeperSuites } from './testing/changed-suites.ts'

test('Keeper makes the StatefulSet of each store, and writes into the store how many of its Pods are Ready', async () => {
  const account = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(account, { recursive: true }))
  writeFileSync(join(account, 'token'), 'secret')
  writeFileSync(join(account, 'namespace'), 'hf-keeper')
  const shop = { metadata: { name: 'shop', uid: '1' }, data: { replicas: '3', size: '8Mi', storageClass: 'fast' } }
  const patched: Asked[] = []
  await using server = await startApiServer((asked) => {
    if (asked.method === 'PATCH') patched.push(asked)
    if (asked.path.endsWith('/statefulsets/shop')) return { body: { status: { readyReplicas: 2 } } }
    return { body: asked.method === 'GET' ? { items: [shop] } : shop }
  })
  const env = { ...process.env, KEEPER_ACCOUNT: account, KEEPER_SERVER: server.server, STORE_IMAGE: 'store:1' }
  const keeper = spawn(process.execPath, [join(keeperSuites, 'controller', 'keeper.mjs')], { env, stdio: 'inherit' })
  await vi.waitFor(() => expect(patched.length).toBeGreaterThan(1), { timeout: 60_000 })
  keeper.kill('SIGTERM')
  expect(await once(keeper, 'exit')).toEqual([0, null])
  expect(patched.slice(0, 2)).toMatchObject([
    {
      path: '/apis/apps/v1/namespaces/hf-keeper/statefulsets/shop',
      body: {
        metadata: { name: 'shop', ownerReferences: [{ kind: 'ConfigMap', name: 'shop', uid: '1' }] },
        spec: { replicas: 3, volumeClaimTemplates: [{ spec: { storageClassName: 'fast', resources: { requests: { storage: '8Mi' } } } }] },
      },
    },
    { path: '/api/v1/namespaces/hf-keeper/configmaps/shop', body: { metadata: { annotations: { 'keeper.example.com/ready': '2' } } } },
  ])
})
