import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { resourcesOf, statusOf, writeKubeconfig } from '../../clusters/testing/api-server.ts'
import { list } from '../../clusters/testing/cluster-answers.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { ShardPlan } from '../../contract/shards.ts'
import type { ConformanceReport } from '../../reports/model/conformance-report.ts'
import { wholeRun } from '../../reports/testing/whole-run.ts'
import { earlierRunsFile } from '../../reports/trend/earlier-runs.ts'
import { readHistory } from '../../reports/trend/read-history.ts'
import { readCatalogue, selectGuarantees } from '../catalogue/guarantee-catalogue.ts'
import { watchInterruption } from '../run/interruption.ts'
import { createRunDirectory, writeJson } from '../run/run-directory.ts'
import { exitCodes } from '../shell/exit-code.ts'
import { projectRoot } from '../shell/project-root.ts'
import { collectRun } from './collect-run.ts'
import { unpackRun } from './retrieve-run.ts'

/** A real run, with all of its evidence. */
const whole = await wholeRun('v1.36.3-full-20261127-051232-1d09')
const known = new Set(readCatalogue(projectRoot).flatMap((suite) => suite.guarantees.map(({ id }) => id as string)))
const [one = '', two = ''] = globSync('evidence/*/*/SHA256SUMS', { cwd: whole })
  .map((file) => file.split('/').slice(1, 3).join('/'))
  .filter((id) => known.has(id))
  .toSorted()
const runId = '20261130-063317-ab12'
const namespace = `holdfast-${runId}`
const reader = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'evidence-reader', namespace }, spec: { containers: [] } }

/** A cluster in which the run has ended; commands in its Pods write the archive of a directory. */
async function clusterWith(volume: string, { readable = true } = {}) {
  const deleted: string[] = []
  let isThere = false
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request
    const [path = ''] = url.split('?')
    request.resume()
    const say = (body: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const give = (answer: ReturnType<typeof list>) =>
      answer === undefined || answer === 'cut' ? response.destroy() : say(answer.body, answer.status)
    if (path === '/api/v1') return give(resourcesOf('v1', { Pod: 'pods', Namespace: 'namespaces', Event: 'events' }, ['Pod', 'Event']))
    if (path === '/apis/batch/v1') return give(resourcesOf('batch/v1', { Job: 'jobs' }, ['Job']))
    if (path.endsWith('/jobs/shards'))
      return say({ metadata: { name: 'shards' }, status: { conditions: [{ type: 'Complete', status: 'True' }] } })
    if (path.endsWith('/evidence-reader') || (method === 'POST' && path.endsWith('/pods'))) {
      isThere = method === 'POST' || (method === 'GET' && isThere)
      const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
      return isThere ? say({ ...reader, status }) : give(statusOf(404, 'not found'))
    }
    if (method === 'DELETE') {
      deleted.push(path)
      return say({})
    }
    if (path === `/api/v1/namespaces/${namespace}`) return give(statusOf(404, 'not found'))
    if (path === '/api/v1/namespaces')
      return give(list('NamespaceList', [{ metadata: { name: namespace, labels: { 'holdfast.dev/run': runId } } }]))
    return path.startsWith('/api/v1/') ? give(list('List', [])) : give(statusOf(404, 'not found'))
  })
  const sockets = new WebSocketServer({ server, handleProtocols: (offered) => [...offered][0] ?? false })
  sockets.on('connection', (socket) => {
    if (!readable) return socket.close()
    const archive = execFileSync('tar', ['--create', '--gzip', '--directory', volume, '.'], { maxBuffer: 1e9 })
    socket.send(Buffer.concat([Buffer.from([1]), archive]))
    socket.send(Buffer.concat([Buffer.from([3]), Buffer.from(JSON.stringify({ status: 'Success' }))]))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    sockets.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { deleted, server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** A run that another machine started, in a cluster where its shards have ended. */
async function endedRun(options: { readonly readable?: boolean } = {}) {
  const root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const name of ['package.json', 'suites']) symlinkSync(join(projectRoot, name), join(root, name))
  const volume = join(root, 'volume')
  for (const id of [one, two]) cpSync(join(whole, 'evidence', id), join(volume, 'evidence', id), { recursive: true })
  const start = { pod: 'p', uid: 'a', startedAt: '2026-11-30T06:34:00.000Z', endedAt: '2026-11-30T06:36:00.000Z' }
  mkdirSync(join(volume, 'shards', '0'), { recursive: true })
  mkdirSync(join(volume, 'shards', '1'))
  writeJson(join(volume, 'shards/0/a.json'), { ...start, shard: 0, node: 'worker', guarantees: [one] })
  writeJson(join(volume, 'shards/1/b.json'), { ...start, uid: 'b', shard: 1, node: 'worker2', guarantees: [two] })
  const plan: ShardPlan = {
    ...{ schemaVersion: 1, runId, shards: 2, sources: 'abc', keepFailed: false },
    guarantees: [
      { id: one, seconds: 20 },
      { id: two, seconds: 10 },
    ],
  }
  const { server, deleted } = await clusterWith(volume, options)
  const kubeconfig = writeKubeconfig(root, { server })
  const stored = JSON.parse(readFileSync(join(whole, 'cluster.json'), 'utf8')) as ClusterRecord
  const record: ClusterRecord = { ...stored, profile: 'existing', kubeconfig, context: 'test', callLogDirectory: null }
  const guarantees = selectGuarantees(readCatalogue(projectRoot), [one, two])
  // The machine that started the run is gone: another one has its directory from the cluster.
  const first = createRunDirectory({ root, below: root, id: runId, guarantees, now: new Date('2026-11-30T06:33:17Z') })
  const directory = execFileSync('tar', ['--create', '--gzip', '--directory', first.path, '.'])
  rmSync(first.path, { recursive: true })
  const run = unpackRun({ plan, cluster: '', reader, directory }, { root, record })
  const printed: string[] = []
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  onTestFinished(() => spy.mockRestore())
  let isFree = false
  const cluster = { record, keep: () => undefined, [Symbol.asyncDispose]: async () => void (isFree = true) }
  const again = () => unpackRun({ plan, cluster: '', reader, directory }, { root, record })
  return { run, plan, cluster, deleted, printed, again, isFree: () => isFree }
}

test('the evidence of all shards becomes one report, which says where they ran, and the run is deleted', async () => {
  const { run, plan, cluster, deleted, isFree, again } = await endedRun()
  using interruption = watchInterruption(() => undefined, 'stopping')
  const code = await collectRun({ run, plan, cluster, reader, interruption })
  const report = JSON.parse(readFileSync(join(run.path, 'report.json'), 'utf8')) as ConformanceReport
  expect(report.guarantees.map(({ id }) => id)).toEqual([one, two].toSorted())
  expect(report.run.shards?.map(({ starts }) => starts.map(({ node }) => node))).toEqual([['worker'], ['worker2']])
  expect(report.guarantees.map(({ reasons }) => reasons.map(({ summary }) => summary)).flat()).not.toContainEqual(
    expect.stringContaining('left no verdict'),
  )
  expect(existsSync(join(run.path, 'index.html'))).toBe(true)
  expect([exitCodes.success, exitCodes.violation, exitCodes.partial]).toContain(code)
  expect(deleted).toContain(`/api/v1/namespaces/${namespace}`)
  expect(isFree()).toBe(true)
  expect(again).toThrow(`The report of run ${runId} is in`)
})

test('the report of a run over shards tells of earlier runs', async () => {
  const { run, plan, cluster } = await endedRun()
  using interruption = watchInterruption(() => undefined, 'stopping')
  const history = await readHistory(join(projectRoot, 'reports', 'published'))
  await collectRun({ run, plan, cluster, reader, interruption, history })
  expect(readFileSync(join(run.path, 'index.html'), 'utf8')).toContain('id="trend"')
  const { runs, leftOut } = JSON.parse(readFileSync(join(run.path, earlierRunsFile), 'utf8')) as {
    readonly runs: readonly { readonly kubernetes: string }[]
    readonly leftOut: readonly string[]
  }
  expect(new Set(runs.map(({ kubernetes }) => kubernetes))).toEqual(new Set(['v1.36.3']))
  expect(leftOut).toContain('2 runs are of another platform: Kubernetes 1.37, csi-hostpath.holdfast.dev.')
})

test('where the evidence cannot be read, all of the run stays in the cluster, and the lease is free', async () => {
  const { run, plan, cluster, deleted, printed, isFree } = await endedRun({ readable: false })
  using interruption = watchInterruption(() => undefined, 'stopping')
  expect(await collectRun({ run, plan, cluster, reader, interruption })).toBe(exitCodes.setUp)
  expect(deleted).toEqual([])
  expect(printed.join('')).toContain(`The run stays in namespace ${namespace}. To go on from there: ./holdfast retrieve ${namespace}`)
  expect(printed.join('')).toContain('The evidence could not be read')
  expect(isFree()).toBe(true)
})
