import { expect, test } from 'vitest'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { tearDown } from '../../harness/engine/fixtures/tear-down.ts'
import { logsStep, removalStep } from './acquired-cluster.ts'
import { runLimits } from './run-limits.ts'

const held = (dispose: () => Promise<void>) => ({
  record: { name: 'holdfast-unit' } as ClusterRecord,
  keep: () => undefined,
  [Symbol.asyncDispose]: dispose,
})

test('a cluster that cannot be deleted is a finding with the command that deletes it', async () => {
  const cluster = held(async () => {
    throw new Error("EACCES: permission denied, rmdir 'state'")
  })
  expect(await tearDown([removalStep(cluster)])).toEqual([
    "Deleting cluster holdfast-unit (by hand: ./holdfast down holdfast-unit) failed: EACCES: permission denied, rmdir 'state'",
  ])
})

test('a run that is being interrupted waits for logs no longer than it must', () => {
  const cluster = held(async () => undefined)
  const limitOf = (signal: AbortSignal) => logsStep(cluster, { runDirectory: '/nowhere', signal }).limit
  expect(limitOf(AbortSignal.abort())).toBe(runLimits.logsCollectedWhenInterrupted)
  expect(limitOf(new AbortController().signal)).toBe(runLimits.logsCollected)
})
