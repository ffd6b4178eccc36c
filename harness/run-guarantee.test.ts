import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ClusterRecord } from '../contract/cluster-record.ts'
import type { Fixtures } from './fixtures/world.ts'
import type { Guarantee } from './guarantee.ts'
import { type Failure, startScriptedApiServer } from './kubernetes/scripted-api-server.ts'
import { type GuaranteeRun, runGuarantee } from './run-guarantee.ts'
import type { TearDownStep } from './tear-down.ts'
import type { JudgementRecord } from './verdict-record.ts'
import { verifyEvidence } from './verify-evidence.ts'

const guarantee: Guarantee = {
  id: 'statefulset/example',
  statement: 'A Pod is a Pod.',
  level: 'MUST',
  source: { page: 'concepts/workloads/pods', section: 'what-is-a-pod' },
  requires: [],
  mutants: ['parallel-pod-management'],
  proves: [],
}

const record = (outcome: JudgementRecord['outcome']): JudgementRecord => ({
  ...{ verb: 'toUphold', name: 'n', params: {}, description: 'd', fromSeq: 0, untilSeq: 0, outcome },
  ...(outcome === 'violated' && { reason: { summary: 'Pod web-1 was created before web-0 was Ready.' } }),
})

/** The body of a guarantee that watches Pods and is judged so. */
const judged = (outcome: JudgementRecord['outcome']) => async (fixtures: Fixtures) => {
  await fixtures.observe.pods('app=web')
  fixtures.history.judge(record(outcome))
}

interface Trial {
  readonly body?: GuaranteeRun['body']
  /** Place of the step that fails, where one does. */
  readonly broken?: number
  /** Seconds that each step has; its own limit when absent. */
  readonly limit?: number
  readonly failures?: readonly Failure[]
  readonly signal?: AbortSignal
}

/** A cluster that an API server with a Pod and a retained PersistentVolume stands for. */
async function startCluster(directory: string, failures: readonly Failure[]) {
  const server = await startScriptedApiServer()
  for (const failure of failures) server.fail(failure)
  const kubeconfig = join(directory, 'kubeconfig')
  const named = (key: string, value: unknown) => [{ name: 'c', [key]: value }]
  const config = { 'current-context': 'c', contexts: named('context', { cluster: 'c', user: 'c' }), users: named('user', {}) }
  writeFileSync(kubeconfig, JSON.stringify({ ...config, clusters: named('cluster', { server: server.url.href }) }))
  server.on('POST', /namespaces$/, () => {
    const [namespace = ''] = server.paths().filter((path) => /namespaces\/hf-[^/]+$/.test(path))
    server.put(`${namespace}/pods/web-0`, { metadata: {}, status: { containerStatuses: [{ name: 'web', restartCount: 0, state: {} }] } })
    const claimRef = { namespace: namespace.split('/').at(-1) }
    server.put('/api/v1/persistentvolumes/pv-1', { metadata: {}, spec: { claimRef, persistentVolumeReclaimPolicy: 'Retain' } })
  })
  // What the PersistentVolume controller does with a volume that may go.
  server.on('PATCH', /persistentvolumes/, (path) => server.remove(path))
  const unit = { name: 'holdfast-unit', kubeconfig, context: 'c', callLogDirectory: null, nodes: [], features: [] }
  return { server, cluster: unit as unknown as ClusterRecord }
}

/** Runs a guarantee and its clean-up. Returns what came of it: the steps taken, and the verdict that was on disk when each began. */
async function ran({ body = judged('upheld'), broken, limit = Infinity, failures = [], signal = new AbortController().signal }: Trial) {
  const directory = mkdtempSync(join(tmpdir(), `holdfast-run-${process.pid}-`))
  const { server, cluster } = await startCluster(directory, failures)
  onTestFinished(async () => {
    await server[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true })
  })
  const evidence = join(directory, 'evidence', guarantee.id)
  const read = (file: string) => JSON.parse(readFileSync(join(evidence, file), 'utf8')) as Record<string, unknown>
  const steps: string[] = []
  const onDisk: unknown[] = []
  const through = (step: TearDownStep): TearDownStep => ({
    ...step,
    limit: Math.min(step.limit, limit),
    async run(late) {
      onDisk.push(read('verdict.json')['verdict'])
      const isBroken = steps.push(step.name.replace(/hf-example-[0-9a-f]{6}/, 'NAMESPACE')) - 1 === broken
      if (!isBroken) return step.run(late)
      // Watches that stay open would ask a server that is gone.
      if (step.name === 'Closing the watches') await step.run(late)
      throw new SuppressedError(new Error('closing failed'), new Error('reading failed'))
    },
  })
  const cleanUp = new AsyncDisposableStack()
  const environment = { cluster, directory, runId: '20261128-120000-abcd', mutant: undefined }
  const thrown = await runGuarantee({ environment, guarantee, body, signal, cleanUp, through }).catch((error: unknown) => error)
  await cleanUp.disposeAsync()
  return { server, thrown, evidence, read, steps, onDisk, verdict: read('verdict.json'), findings: read('findings.json')['findings'] }
}

const allSteps = [
  'Ending the injection of faults',
  'Closing the watches',
  'Closing the history',
  'Collecting the evidence',
  'Writing findings and digests',
  'Deleting the Backups of NAMESPACE',
  'Deleting the bucket NAMESPACE',
  'Deleting namespace NAMESPACE and those besides it',
  'Closing the connections to the API server',
  'Writing findings and digests',
]

test('a guarantee that passed leaves verdict, evidence and digests, and nothing in the cluster', async () => {
  const { server, thrown, evidence, steps, verdict, findings } = await ran({})
  expect({ thrown, steps, findings, problems: verifyEvidence(evidence) }).toEqual({
    ...{ thrown: undefined, steps: allSteps, findings: [], problems: [] },
  })
  expect(verdict).toMatchObject({ verdict: 'Passed', namespace: expect.stringMatching(/^hf-example-/) })
  expect(readFileSync(join(evidence, 'logs', 'web-0-web.log'), 'utf8')).toMatch(/^log of /)
  expect(server.paths()).toEqual([])
})

const cases = allSteps.flatMap((step, broken) => (['upheld', 'violated'] as const).map((outcome) => ({ step, broken, outcome })))

test.each(cases)('$outcome, then "$step" (step $broken) fails', async ({ broken, outcome }) => {
  const { server, thrown, evidence, steps, onDisk, verdict, findings } = await ran({ body: judged(outcome), broken })
  const expected = outcome === 'upheld' ? 'Passed' : 'Failed'
  expect(onDisk).toEqual(allSteps.map(() => expected))
  expect(steps).toEqual(allSteps)
  expect(verdict['verdict']).toBe(expected)
  const [said] = thrown instanceof Error ? thrown.message.split('\n') : [undefined]
  expect(said).toBe(outcome === 'upheld' ? undefined : 'Pod web-1 was created before web-0 was Ready.')
  expect(verifyEvidence(evidence)).toEqual([])
  // The last step has nowhere to write what it failed of.
  const both = (findings as readonly string[]).map((finding) => finding.replace(/^.* failed: (?=reading)/, ''))
  expect(both).toEqual(broken === allSteps.length - 1 ? [] : ['reading failed Cause: closing failed'])
  expect(server.paths()).toHaveLength(allSteps[broken]?.startsWith('Deleting namespace') === true ? 4 : 0)
})

test('what was proven stays proven, whatever ends the body afterwards', async () => {
  const body = async (fixtures: Fixtures) => {
    await judged('violated')(fixtures)
    throw new Error('the suite broke')
  }
  const { verdict } = await ran({ body })
  expect(verdict).toMatchObject({
    verdict: 'Failed',
    reasons: [{ summary: 'Pod web-1 was created before web-0 was Ready.' }, { summary: 'The suite broke: Error: the suite broke' }],
  })
})

test('a body that hangs is given up; it can judge and change nothing from then on', async () => {
  const gate = Promise.withResolvers<undefined>()
  const later = Promise.withResolvers<unknown>()
  const body = async (fixtures: Fixtures) => {
    await gate.promise
    const tried = [async () => fixtures.history.judge(record('violated')), async () => fixtures.namespace.apply(pod)]
    later.resolve(Promise.allSettled(tried.map(async (one) => one())))
  }
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'late' } }
  const { server, verdict, steps, evidence } = await ran({ body, signal: AbortSignal.timeout(300) })
  gate.resolve(undefined)
  const settled = (await later.promise) as readonly PromiseSettledResult<unknown>[]
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(verdict).toMatchObject({ verdict: 'Inconclusive' })
  expect({ steps, left: server.paths(), problems: verifyEvidence(evidence) }).toEqual({ steps: allSteps, left: [], problems: [] })
})

test.each([
  ['a log that is never delivered', { method: 'GET', path: /\/log$/, answer: 'hangs' }, /Log of web-0, container web/],
  ['Events that cannot be listed', { method: 'GET', path: /\/events$/, answer: 500 }, /^Events could not be collected: scripted 500/],
  [
    'PersistentVolumes that are refused',
    { method: 'PATCH', path: /persistentvolumes/, answer: 403 },
    /^PersistentVolume pv-1 could not be released: scripted 403/,
  ],
  ['namespaces that cannot be listed', { method: 'GET', path: /namespaces$/, answer: 500 }, /^The namespaces besides hf-example-/],
  [
    'a namespace that may not be deleted',
    { method: 'DELETE', path: /namespaces\/[^/]+$/, answer: 403 },
    /^Namespace hf-.* could not be deleted: scripted 403/,
  ],
] as const)('%s is a finding and costs nothing else', async (_, failure, finding) => {
  const { thrown, verdict, steps, findings, evidence } = await ran({ failures: [failure], limit: 1 })
  expect({ thrown, verdict: verdict['verdict'], steps, problems: verifyEvidence(evidence) }).toEqual({
    ...{ thrown: undefined, verdict: 'Passed', steps: allSteps, problems: [] },
  })
  expect(findings).toContainEqual(expect.stringMatching(finding))
})

test('a namespace whose creation was not answered is cleaned up all the same', async () => {
  const failures = [{ method: 'POST', path: /namespaces$/, answer: 'executes-and-drops' }] as const
  const { server, verdict, findings } = await ran({ failures })
  expect(verdict).toMatchObject({ verdict: 'Inconclusive', namespace: expect.stringMatching(/^hf-example-/) })
  expect({ findings, left: server.paths() }).toEqual({ findings: [], left: [] })
})

test('one whose creation was refused is none of ours', async () => {
  const { server, verdict } = await ran({ failures: [{ method: 'POST', path: /namespaces$/, answer: 409 }] })
  expect(verdict).toMatchObject({ verdict: 'Inconclusive', reasons: [{ summary: 'scripted 409' }] })
  expect(server.requests.filter((request) => request.startsWith('DELETE'))).toEqual([])
})
