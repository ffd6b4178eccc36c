import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { list } from '../../clusters/testing/cluster-answers.ts'
import { type Asked, resourcesOf, startApiServer, statusOf } from '../../clusters/testing/api-server.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { ShardPlan } from '../../contract/shards.ts'
import { exitCodes } from '../shell/exit-code.ts'
import { claimStore } from './claim-store.ts'
import { runShard } from './run-shard.ts'
import { digestOfSources, type ShardPlace } from './shard-place.ts'

const [one, two] = ['pvcs/default-storage-class', 'pvcs/existing-pv-bound-first'] as const

/** A cluster that offers nothing: its guarantees are not supported, which needs no answer of its API server beyond empty lists. */
const cluster = {
  ...{ schemaVersion: 1, name: 'unit', profile: 'existing', kubeconfig: '', context: '', versions: { kubernetes: 'v1.36.3' } },
  ...{ features: [], nodes: [], images: [], storageClasses: {}, storageClass: 'fast', snapshotClass: '', groupSnapshotClass: '' },
}

function answer({ method, path }: Asked) {
  if (path === '/api/v1') return resourcesOf('v1', { Pod: 'pods' }, ['Pod'])
  if (path.includes('/leases')) return statusOf(403, 'leases is forbidden')
  return method === 'GET' ? list('List', []) : statusOf(404, 'not found')
}

/** What this process prints from now on, until the test is over. */
function listening(): readonly string[] {
  const lines: string[] = []
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0)
  onTestFinished(() => spy.mockRestore())
  return lines
}

async function shardOf(changes: Partial<ShardPlan> = {}): Promise<ShardPlace> {
  const root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const api = await startApiServer(answer)
  onTestFinished(async () => api[Symbol.asyncDispose]())
  const place = { planDirectory: join(root, 'plan'), evidenceDirectory: join(root, 'volume'), workDirectory: join(root, 'work') }
  for (const directory of Object.values(place)) mkdirSync(directory)
  const plan: ShardPlan = {
    ...{ schemaVersion: 1, runId: '20261130-063317-ab12', shards: 1, sources: digestOfSources(), keepFailed: false },
    guarantees: [one, two].map((id) => ({ id, seconds: 1 })),
    ...changes,
  }
  writeFileSync(join(place.planDirectory, 'plan.json'), JSON.stringify(plan))
  writeFileSync(join(place.planDirectory, 'cluster.json'), JSON.stringify(cluster))
  // In a Pod it is made of the ServiceAccount.
  const kubeconfig = readFileSync(api.kubeconfig, 'utf8').replaceAll(': test', ': in-cluster')
  writeFileSync(join(place.workDirectory, 'kubeconfig'), kubeconfig)
  return { ...place, shard: 0, pod: 'shards-0-aaaaa', uid: 'uid-1', node: 'worker' }
}

/** The suites run in a Vitest of their own, which is not to take itself for a worker of this one. */
function outsideOfVitest(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('VITEST')) vi.stubEnv(name, undefined)
  onTestFinished(() => void vi.unstubAllEnvs())
}

test('a shard runs what is missing, keeps its evidence, notes its start and ends; started again, it has nothing to do', async () => {
  outsideOfVitest()
  const place = await shardOf()
  const store = claimStore(place.evidenceDirectory, place.uid)
  const spoken = listening()
  expect(await runShard(place, store)).toBe(exitCodes.success)
  expect(globSync('evidence/*/*/verdict.json', { cwd: place.evidenceDirectory }).toSorted()).toEqual([
    ...[`evidence/${one}/verdict.json`, `evidence/${two}/verdict.json`],
  ])
  expect(JSON.parse(readFileSync(join(place.evidenceDirectory, 'shards/0/uid-1.json'), 'utf8'))).toMatchObject({
    ...{ shard: 0, pod: 'shards-0-aaaaa', node: 'worker', guarantees: [one, two] },
    endedAt: expect.any(String),
  })
  expect(existsSync(join(place.evidenceDirectory, 'shards/0/uid-1.results.json'))).toBe(true)
  expect(await runShard({ ...place, uid: 'uid-2' }, claimStore(place.evidenceDirectory, 'uid-2'))).toBe(exitCodes.success)
  expect(spoken).toContain('It was started before: the evidence of 2 of 2 guarantees is there. It runs nothing more.\n')
  expect(JSON.parse(readFileSync(join(place.evidenceDirectory, 'shards/0/uid-2.json'), 'utf8'))).toMatchObject({ guarantees: [] })
})

test('a shard with other suites than the run refuses to judge for it', async () => {
  const place = await shardOf({ sources: 'of another checkout' })
  listening()
  await expect(runShard(place, claimStore(place.evidenceDirectory, place.uid))).rejects.toThrow(
    'The image of this shard has other suites than the checkout that started the run.',
  )
})
