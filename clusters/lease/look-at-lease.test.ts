import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ownerText, thisOwner } from '../../contract/owner.ts'
import { lookAtLease } from './look-at-lease.ts'
import { type Answer, startApiServer, statusOf } from '../testing/api-server.ts'

/** What is said of a cluster whose lease is answered in this way, and all that was asked. */
async function looked(answer: Answer): Promise<{ readonly said: Promise<string>; readonly asked: readonly string[] }> {
  await using api = await startApiServer(() => answer)
  const said = lookAtLease({ name: 'blue', kubeconfig: api.kubeconfig, context: 'test' })
  await said.catch(() => undefined)
  return { said, asked: api.asked }
}

function heldBy(holderIdentity: string): Answer {
  const metadata = { annotations: { 'holdfast.dev/lease-run': 'first', 'holdfast.dev/lease-host': 'build-7' } }
  const spec = { holderIdentity, acquireTime: '2026-11-28T07:00:00.000000Z', renewTime: '2026-11-28T07:00:00.000000Z' }
  return { body: { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec } }
}

test.each<[string, Answer, string]>([
  ['no lease', statusOf(404, 'not found'), 'Lease kube-system/holdfast is free.'],
  ['no right', statusOf(403, 'forbidden'), 'Lease kube-system/holdfast may not be read by this user: nothing would keep other runs away.'],
  [
    'a dead holder',
    heldBy(ownerText({ ...thisOwner(), pid: spawnSync('true').pid })),
    'Lease kube-system/holdfast is of run first, which has ended: it would be taken over.',
  ],
  [
    'a holder that cannot be seen',
    heldBy(ownerText({ ...thisOwner(), host: 'abc', boot: 'def' })),
    'Lease kube-system/holdfast is of run first on another host or in another container: this run would wait up to 60 s for it.',
  ],
])('%s', async (...[, answer, sentence]) => {
  const { said, asked } = await looked(answer)
  expect(await said).toBe(sentence)
  expect(asked).toEqual(['GET /apis/coordination.k8s.io/v1/namespaces/kube-system/leases/holdfast'])
})

test('a run that is alive would stop another', async () => {
  const module = JSON.stringify(join(import.meta.dirname, '..', '..', 'contract', 'owner.ts'))
  const script = `import { ownerText, thisOwner } from ${module}; console.log(ownerText(thisOwner())); setInterval(() => {}, 1000)`
  const other = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const [line] = (await other.stdout.take(1).toArray()) as readonly Buffer[]
    const { said } = await looked(heldBy(String(line).trim()))
    await expect(said).rejects.toThrow(`Cluster blue is in use by run first (process ${other.pid} on build-7, since 2026-11-28T07:00:00Z).`)
  } finally {
    other.kill('SIGKILL')
  }
})

test('a server that fails is told', async () => {
  const { said } = await looked(statusOf(500, 'etcd is gone'))
  await expect(said).rejects.toThrow('Cannot check whether a run uses cluster blue')
})
