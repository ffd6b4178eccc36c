import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { buildReport } from './build-report.ts'
import { backupCluster, exampleRoundTrips, unmetGuarantee } from '../testing/example-round-trip.ts'
import { type ExampleOptions, exampleGuarantees, exampleRun } from '../testing/example-run.ts'

const made: string[] = []

async function run(options: ExampleOptions = {}): Promise<string> {
  const directory = await exampleRun(options)
  made.push(directory)
  return directory
}

async function verdictIn(directory: string, id: string) {
  const guarantee = (await buildReport(directory)).guarantees.find((candidate) => candidate.id === id)
  return [guarantee?.verdict, guarantee?.reasons[0]?.summary]
}

afterEach(async () => {
  await Promise.all(made.splice(0).map((directory) => rm(directory, { recursive: true })))
})

test('a run becomes a report with verdicts, digests and totals', async () => {
  const report = await buildReport(await run())
  expect(report.totals).toEqual({ catalogue: 3, guarantees: 3, ran: 3, skipped: 0, Passed: 1, Failed: 1, Inconclusive: 1, NotSupported: 0 })
  expect(report.result).toBe('failure')
  expect(report.run.durationSeconds).toBe(60)
  const passed = report.guarantees.find(({ verdict }) => verdict === 'Passed')
  expect(passed?.source).toBe('https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees')
  expect(passed?.evidence.map(({ path }) => path)).toContain('evidence/statefulset/ordered-startup/history.jsonl')
})

test('storage that was left behind is in the report, and absent where nobody looked for it', async () => {
  const directory = await run()
  expect((await buildReport(directory)).run.leaks).toBeUndefined()
  const record = JSON.parse(await readFile(join(directory, 'run.json'), 'utf8')) as object
  await writeFile(join(directory, 'run.json'), JSON.stringify({ ...record, leaks: ['Volume v1 is still there.'] }))
  expect((await buildReport(directory)).run.leaks).toEqual(['Volume v1 is still there.'])
})

test('findings are in the report, those of a guarantee with their guarantee and nowhere else', async () => {
  const directory = await run()
  const [first, second] = ['evidence/statefulset/ordered-startup', 'evidence/expansion/online'].map((path) => join(directory, path))
  await writeFile(join(first ?? '', 'findings.json'), JSON.stringify({ findings: ['pv-1 remains.'] }))
  await writeFile(join(second ?? '', 'findings.json'), '{"findings": [')
  const record = JSON.parse(await readFile(join(directory, 'run.json'), 'utf8')) as object
  const findings = ['Deleting the cluster failed: no.', 'statefulset/ordered-startup: pv-1 remains.']
  await writeFile(join(directory, 'run.json'), JSON.stringify({ ...record, findings }))
  const report = await buildReport(directory)
  expect(report.run.findings).toEqual(['Deleting the cluster failed: no.'])
  expect(Object.fromEntries(report.guarantees.map((one) => [one.id, one.findings]))).toEqual({
    'statefulset/ordered-startup': ['pv-1 remains.'],
    'expansion/online': [expect.stringMatching(/^Its findings cannot be read: .*is not JSON\./)],
    'statefulset/halts-while-predecessor-is-not-ready': undefined,
  })
})

test('a collected guarantee without a verdict is Inconclusive, with the error of its suite', async () => {
  const directory = await run()
  await rm(join(directory, 'evidence/statefulset'), { recursive: true })
  const results = JSON.parse(await readFile(join(directory, 'results.json'), 'utf8')) as { results: { errors: unknown[] }[] }
  results.results[0]?.errors.push({ message: 'web is not defined\nmore', stack: '' })
  await writeFile(join(directory, 'results.json'), JSON.stringify(results))
  expect(await verdictIn(directory, 'statefulset/ordered-startup')).toEqual([
    'Inconclusive',
    'The suite broke before it could judge: web is not defined',
  ])
})

test('a collected guarantee of an interrupted run is Inconclusive for that reason', async () => {
  const directory = await run()
  await rm(join(directory, 'evidence/statefulset'), { recursive: true })
  await rm(join(directory, 'results.json'))
  const record = JSON.parse(await readFile(join(directory, 'run.json'), 'utf8')) as object
  await writeFile(join(directory, 'run.json'), JSON.stringify({ ...record, interruptedBy: 'SIGINT' }))
  expect(await verdictIn(directory, 'statefulset/ordered-startup')).toEqual([
    'Inconclusive',
    'The run was interrupted by SIGINT before this check was judged.',
  ])
})

test('a guarantee that never ran for want of a feature is NotSupported', async () => {
  const directory = await run()
  await rm(join(directory, 'evidence/expansion'), { recursive: true })
  await rm(join(directory, 'results.json'))
  expect(await verdictIn(directory, 'expansion/online')).toEqual(['NotSupported', 'Cluster holdfast-example lacks OnlineExpansion.'])
})

test('a feature that the profile has and the cluster lacks is NotSupported with the cause', async () => {
  const directory = await run({ cluster: backupCluster, unmet: [unmetGuarantee] })
  expect(await verdictIn(directory, unmetGuarantee.id)).toEqual([
    'NotSupported',
    'Cluster holdfast-velero lacks MongoDB (The image docker.io/library/mongo:8 could not be pulled: no registry answers).',
  ])
})

test('a guarantee that never ran because it holds only from a newer Kubernetes on is NotSupported with that reason', async () => {
  const newer = { ...unmetGuarantee, id: 'updates/newer' as const, requires: [], since: '1.99', gate: 'Some' }
  const directory = await run({ unmet: [newer] })
  expect(await verdictIn(directory, newer.id)).toEqual([
    'NotSupported',
    'It does not apply to cluster holdfast-example: it needs Kubernetes 1.99, and this is v1.36.3.',
  ])
})

test('the story of a guarantee is in the report, and a guarantee without one has none', async () => {
  const { guarantees } = await buildReport(await run({ examples: [...exampleGuarantees, ...exampleRoundTrips] }))
  const chapters = (id: string) => guarantees.find((guarantee) => guarantee.id === id)?.chapters
  expect(chapters('velero/data-movement-round-trip')?.map(({ heading }) => heading)).toEqual([
    'Written',
    'Backed up',
    'Destroyed',
    'Restored',
    'Compared',
  ])
  expect(chapters('statefulset/ordered-startup')).toBeUndefined()
})

test('a history that cannot be read tells no story, and the rest of the report stands', async () => {
  const directory = await run({ examples: exampleRoundTrips })
  const history = join(directory, 'evidence/velero/data-movement-round-trip/history.jsonl')
  await writeFile(history, (await readFile(history, 'utf8')).replace('"at":"2026-11-21T10:00:09.900Z"', '"at":"yesterday"'))
  const [shown] = (await buildReport(directory)).guarantees
  expect(shown).toMatchObject({ id: 'velero/data-movement-round-trip', verdict: 'Inconclusive' })
  expect(shown?.chapters).toBeUndefined()
})

test('the profile, the versions of the backup tools and the images of applications are in the report', async () => {
  const { cluster } = await buildReport(await run({ cluster: backupCluster }))
  expect(cluster.profile).toBe('velero')
  expect(cluster.versions).toMatchObject({ velero: 'v1.18.3', versitygw: 'v1.8.0' })
  expect(cluster.applicationImages).toEqual({ postgres: 'holdfast.local/postgres:15', backupTools: 'holdfast.local/backup-tools:0.1.0' })
})

test('a verdict Passed of a test that failed is Inconclusive', async () => {
  const directory = await run()
  const text = await readFile(join(directory, 'results.json'), 'utf8')
  await writeFile(join(directory, 'results.json'), text.replace('"passed"', '"failed"'))
  const [verdict, reason] = await verdictIn(directory, 'statefulset/ordered-startup')
  expect(verdict).toBe('Inconclusive')
  expect(reason).toMatch(/failed although its judgements passed/)
})

test('changed or unfinished evidence is never Passed', async () => {
  const directory = await run()
  const folder = join(directory, 'evidence/statefulset/ordered-startup')
  await appendFile(join(folder, 'history.jsonl'), '\n')
  expect(await verdictIn(directory, 'statefulset/ordered-startup')).toEqual([
    'Inconclusive',
    'Evidence of statefulset/ordered-startup does not match its SHA256SUMS: history.jsonl was changed.',
  ])
  await rm(join(folder, 'SHA256SUMS'))
  const [verdict, reason] = await verdictIn(directory, 'statefulset/ordered-startup')
  expect(verdict).toBe('Inconclusive')
  expect(reason).toMatch(/SHA256SUMS is missing/)
})

test('evidence of a guarantee that is not listed counts all the same', async () => {
  const directory = await run()
  await rm(join(directory, 'guarantees.json'))
  expect((await buildReport(directory)).guarantees).toHaveLength(exampleGuarantees.length)
})

test('a directory that is no run is refused with the fix', async () => {
  await expect(buildReport('/nowhere')).rejects.toThrow(
    '/nowhere/run.json does not exist: give the directory of a run, reports/out/<run id>.',
  )
})

test('the kill table of the controls is taken over', async () => {
  const directory = await run()
  const row = {
    mutant: 'parallel-pod-management',
    guarantee: 'statefulset/ordered-startup',
    verdict: 'none',
    reason: '',
    effect: '',
    killed: false,
  }
  await writeFile(join(directory, 'sensitivity.json'), JSON.stringify({ schemaVersion: 1, rows: [row] }))
  expect((await buildReport(directory)).sensitivity).toEqual([row])
})
