import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { type Answer, type Asked, resourcesOf, startApiServer, statusOf } from '../../clusters/testing/api-server.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { followShards, type FollowTimes, NeverRan } from './follow-shards.ts'

const runId = '20261130-063317-ab12'
const times = { betweenLooks: 0.02, firstRuns: 30, silence: 30 }
let logs: string
let printed: string[]

beforeEach(() => {
  logs = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  printed = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text).trimEnd()) > 0)
})
afterEach(() => {
  rmSync(logs, { recursive: true })
  vi.restoreAllMocks()
})

const podOf = (phase: string, name = 'shards-0-a') => ({
  metadata: { name, uid: name, labels: { 'batch.kubernetes.io/job-completion-index': '0' } },
  spec: { nodeName: phase === 'Pending' ? undefined : 'worker', containers: [] },
  status: {
    phase,
    ...(phase === 'Pending' && { conditions: [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes are available.' }] }),
  },
})

type Look = { readonly job?: string; readonly pods: readonly object[] } | 'silent'

/** Follows a run whose Job and Pods look otherwise at each look; the last look stays. */
async function followed(...looks: readonly Look[]) {
  return followedFor(times, ...looks)
}

async function followedFor(limits: FollowTimes, ...looks: readonly Look[]) {
  let look = -1
  const answer = ({ path }: Asked): Answer => {
    if (path === '/api/v1') return resourcesOf('v1', { Pod: 'pods', Event: 'events' }, ['Pod', 'Event'])
    if (path === '/apis/batch/v1') return resourcesOf('batch/v1', { Job: 'jobs' }, ['Job'])
    if (path.endsWith('/jobs/shards')) look = Math.min(look + 1, looks.length - 1)
    const now = looks[Math.max(0, look)]
    if (now === undefined || now === 'silent') return statusOf(500, 'etcd is late')
    if (path.endsWith('/jobs/shards')) {
      if (now.job === undefined) return { body: { metadata: { name: 'shards' }, status: {} } }
      return { body: { metadata: { name: 'shards' }, status: { conditions: [{ type: now.job, status: 'True' }] } } }
    }
    if (path.endsWith('/log')) return { body: '2026-11-30T06:34:00.1Z Passed  pvcs/bind\n2026-11-30T06:34:00.2Z Passed  pvcs/grow\n' }
    if (path.endsWith('/events')) return { body: { kind: 'EventList', apiVersion: 'v1', metadata: {}, items: [] } }
    return { body: { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: now.pods } }
  }
  const server = await startApiServer(answer)
  onTestFinished(async () => server[Symbol.asyncDispose]())
  const place = { kubeconfig: server.kubeconfig, context: 'test' }
  return followShards({ place, runId, logs, signal: new AbortController().signal, times: limits })
}

test('what becomes of each Pod is told once, and what it says is passed on and kept', async () => {
  const seen = await followed(
    { pods: [podOf('Pending')] },
    { pods: [podOf('Running')] },
    'silent',
    { pods: [podOf('Running')] },
    { job: 'Complete', pods: [podOf('Succeeded')] },
  )
  expect(seen.job).toBe('complete')
  expect(printed.filter((line) => line.startsWith('Shard'))).toEqual([
    'Shard 0: Pod shards-0-a is Pending (Pending: 0/3 nodes are available).',
    'Shard 0: Pod shards-0-a on worker is Running.',
    'Shard 0: Pod shards-0-a on worker is Succeeded.',
  ])
  expect(printed.filter((line) => line.startsWith('['))).toEqual(['[0] Passed  pvcs/bind', '[0] Passed  pvcs/grow'])
  expect(printed.filter((line) => line.startsWith('The API server does not answer'))).toHaveLength(1)
  expect(readFileSync(join(logs, 'shard-0-shards-0-a.log'), 'utf8')).toBe('Passed  pvcs/bind\nPassed  pvcs/grow\n')
})

test('shards that never get to run are told with the reason', async () => {
  const following = followedFor({ ...times, firstRuns: 0.3 }, { pods: [podOf('Pending')] })
  await expect(following).rejects.toBeInstanceOf(NeverRan)
  await expect(following).rejects.toThrow('No shard got to run within 0.3 s: Pending: 0/3 nodes are available.')
})

test('a Job that gave shards up is over, too', async () => {
  expect(await followed({ job: 'Failed', pods: [podOf('Failed')] })).toMatchObject({ job: 'failed' })
})
