import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startApiServer } from '../../clusters/testing/api-server.ts'
import { answersOf, node } from '../../clusters/testing/cluster-answers.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { ownSuiteFindings } from '../../reports/attest/own-suite-findings.ts'
import { buildReport } from '../../reports/model/build-report.ts'
import { exampleCluster } from '../../reports/testing/example-run.ts'
import { readStoredSuite } from '../own-suites/store-own-suites.ts'
import { changedSuites } from '../own-suites/testing/changed-suites.ts'
import { withOwnFeatures } from '../plan/own-features.ts'
import { planRun } from '../plan/run-plan.ts'
import { projectRoot } from '../shell/project-root.ts'
import { createRunDirectory, endRunRecord, writeJson } from './run-directory.ts'
import { runSuites } from './run-suites.ts'

test('suites outside of the checkout run as those of Holdfast do, and make a report of their own', async () => {
  const root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const name of ['package.json', 'suites']) symlinkSync(join(projectRoot, name), join(root, name))
  const { directory, replace } = changedSuites()
  replace('grows-in-place.suite.ts', "['DynamicProvisioning']", "['example.com/Keeper']")
  const plan = planRun([], { suites: [directory] })
  const { path } = createRunDirectory({ root, below: root, ...plan, now: new Date() })
  await using server = await startApiServer(answersOf({ nodes: [node('one')] }))
  // A cluster without volumes supports none of them: their verdicts come without a Pod.
  const record = { ...exampleCluster, kubeconfig: server.kubeconfig, context: 'test', features: [] }
  const cluster = join(path, 'cluster.json')
  writeJson(cluster, withOwnFeatures(record, plan.guarantees))
  const { signal } = new AbortController()
  // The Vitest of the run is not in a worker, though this test is.
  vi.stubEnv('VITEST_WORKER_ID', undefined)
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(await runSuites({ ...plan, directory: path, cluster, signal })).toBe(0)
  endRunRecord(path)
  const report = await buildReport(path)
  expect(report.guarantees.map(({ id, verdict, reasons: [reason] }) => [id, verdict, reason?.summary])).toEqual([
    ['keeper/gets-pods-and-volumes', 'NotSupported', expect.stringContaining('DynamicProvisioning')],
    ['keeper/grows-in-place', 'NotSupported', expect.stringContaining('add --declare example.com/Keeper')],
    ['keeper/volumes-outlive-store', 'NotSupported', expect.stringContaining('DynamicProvisioning')],
  ])
  expect(report).toMatchObject({ skipped: [], totals: { catalogue: 3 }, run: { ownSuites: [{ name: 'my-suites', areas: ['keeper'] }] } })
  expect(report.guarantees.map(({ lastSeenToFail }) => lastSeenToFail)).toEqual([null, null, null])
  expect(report.ledger?.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['keeper.pods-and-volumes', 'not run'],
    ['keeper.volumes-outlive-store', 'not run'],
    ['keeper.grows-in-place', 'not run'],
    ['keeper.five-hundred-stores', 'not testable'],
  ])
  // Where the suites no longer are, the run still says what they state.
  rmSync(directory, { recursive: true })
  expect(await ownSuiteFindings(path, report, readStoredSuite)).toMatchObject({
    problems: [],
    shown: [expect.stringContaining('my-suites (8 files)')],
  })
})
