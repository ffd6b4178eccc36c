import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { tearDown } from '../../harness/engine/fixtures/tear-down.ts'
import { projectRoot } from '../shell/project-root.ts'
import { acquireCluster, logsStep, removalStep } from './acquired-cluster.ts'
import { findRun } from './find-run.ts'
import { createRunDirectory, type RunDirectory } from './run-directory.ts'
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

test('of a cluster that Holdfast did not create no logs are collected, with or without a container engine', async () => {
  vi.stubEnv('PATH', '/nowhere')
  onTestFinished(() => void vi.unstubAllEnvs())
  const cluster = held(async () => undefined)
  const step = (profile: string) => {
    const runDirectory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
    onTestFinished(() => rmSync(runDirectory, { recursive: true }))
    const record = { ...cluster.record, profile }
    return logsStep({ ...cluster, record }, { runDirectory, signal: new AbortController().signal })
  }
  expect(await tearDown([step('existing')])).toEqual([])
  expect(await tearDown([step('default')])).toEqual([expect.stringContaining("Collecting the cluster's logs failed")])
})

function newRun(): { readonly root: string; readonly run: RunDirectory } {
  const root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const name of ['package.json', 'suites']) symlinkSync(join(projectRoot, name), join(root, name))
  return { root, run: createRunDirectory({ root, below: root, guarantees: [], now: new Date() }) }
}

/** Fails: a cluster of a kubeconfig that is not there. */
async function acquireNone(runDirectory: string): Promise<void> {
  const attached = { name: 'unit', kubeconfig: '/nowhere/kubeconfig', context: 'unit', features: [] as const } as unknown as ClusterRecord
  const target = { kind: 'foreign', cluster: { kubeconfig: attached.kubeconfig } } as const
  const plan = { target, retain: false, settings: {} } as unknown as Parameters<typeof acquireCluster>[0]['plan']
  await acquireCluster({ plan, attached, runDirectory, signal: new AbortController().signal })
}

test('a run that gets no cluster leaves no directory behind', async () => {
  const { root, run } = newRun()
  await expect(acquireNone(run.path)).rejects.toThrow('ENOENT')
  expect(existsSync(run.path)).toBe(false)
  expect(() => findRun('latest', root)).toThrow('There is no run latest.')
})

test('the logs of a cluster that could not be created stay, and are no run that can be rechecked', async () => {
  const { root, run } = newRun()
  writeFileSync(join(run.path, 'logs', 'kind-create.log'), 'ERROR: failed to create cluster')
  await expect(acquireNone(run.path)).rejects.toThrow('ENOENT')
  expect(existsSync(join(run.path, 'logs', 'kind-create.log'))).toBe(true)
  expect(() => findRun('latest', root)).toThrow('There is no run latest.')
})
