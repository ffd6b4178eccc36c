import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { type Owner, ownerText, thisOwner } from '../../contract/owner.ts'
import { usualTimes } from './lease.ts'
import { refuseHeld } from './refuse-in-use.ts'
import type { SetupError } from '../setup-error.ts'
import { type Answer, startApiServer, statusOf } from '../testing/api-server.ts'

const times = { ...usualTimes, betweenRenewals: 0.02, betweenLooks: 0.01 }
const elsewhere: Owner = { ...thisOwner(), host: 'abc', boot: 'def' }

function held(owner: Owner, renewals: number): Answer {
  const metadata = { annotations: { 'holdfast.dev/lease-run': 'first', 'holdfast.dev/lease-host': 'build-7' } }
  const renewTime = `2026-11-28T07:00:0${renewals}.000000Z`
  const spec = { holderIdentity: ownerText(owner), acquireTime: '2026-11-28T07:00:00.000000Z', renewTime }
  return { body: { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec } }
}

/** What comes of the wish to delete a cluster, with one answer for each look at its lease. */
async function refused(...answers: readonly Answer[]): Promise<string | undefined> {
  let looks = 0
  await using api = await startApiServer(() => answers[Math.min(looks++, answers.length - 1)])
  const request = answers.includes(undefined) ? 0.2 : usualTimes.request
  return await refuseHeld('blue', api.kubeconfig, { ...times, request }).then(
    () => undefined,
    (error: SetupError) => `${error.message} ${error.fix}`,
  )
}

test.each<[string, readonly Answer[]]>([
  ['no lease', [statusOf(404, 'not found')]],
  ['a lease of nobody', [{ body: { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: {}, spec: {} } }]],
  ['a holder that is dead', [held({ ...thisOwner(), pid: spawnSync('true').pid }, 0)]],
  ['a holder elsewhere that renews no more', [held(elsewhere, 0), held(elsewhere, 0)]],
  ['a holder elsewhere that has let go', [held(elsewhere, 0), statusOf(404, 'not found')]],
  ['an API server that fails', [statusOf(500, 'etcd is gone')]],
  ['an API server that says nothing', [undefined]],
])('a cluster with %s may be deleted', async (...[, answers]) => {
  expect(await refused(...answers)).toBeUndefined()
})

test('a run that is alive keeps its cluster', async () => {
  expect(await refused(held(thisOwner(), 0))).toContain('Cluster blue is in use by run first')
})

test('a run elsewhere that renews its lease keeps its cluster, and the fix says how to delete it all the same', async () => {
  const error = await refused(held(elsewhere, 0), held(elsewhere, 1))
  expect(error).toContain('Cluster blue is in use by run first')
  expect(error).toContain('"holdfast down --force blue"')
})
