import { rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { buildReport } from '../../model/build-report.ts'
import { exampleRun } from '../../testing/example-run.ts'
import { summaryLines } from './summary.ts'

test('the summary lists what failed first, with the first line of the reason', async () => {
  const directory = await exampleRun()
  const report = await buildReport(directory)
  await rm(directory, { recursive: true })
  const lines = summaryLines(report, { htmlPath: '/run/index.html', runDirectory: '/run', columns: 80 })
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "
    Holdfast 20261121-100000-ab12  failure  3 of 3 checks ran: 1 Passed, 1 Failed, 1 Inconclusive  in 60 s

      Failed        statefulset/halts-while-predecessor-is-not-ready    12.3 s
                    Pod hf-demo/web-1 was created before Pod web-0 was Ready.
      Inconclusive  expansion/online                                    12.3 s
                    The watch of PersistentVolumeClaim may have missed events betwe…
      Passed        statefulset/ordered-startup                         12.3 s

      work      37 s of guarantees, 3.0 at a time, 126 requests to the API server
                longest expansion/online 12 s
                statefulset/halts-while-predecessor-is-not-ready 12 s
                statefulset/ordered-startup 12 s
      cluster   kubernetes v1.36.3, kind v0.32.0, snapshot-controller v8.4.0
                csi-hostpath 0.1.0
      report    /run/index.html
      evidence  /run
      meaning   exit code 1: a documented sentence was broken; see the reasons above
    "
  `)
})

test('the summary counts what went wrong beside the verdicts, by place', async () => {
  const directory = await exampleRun()
  const report = await buildReport(directory)
  await rm(directory, { recursive: true })
  const [first, ...others] = report.guarantees
  if (first === undefined) throw new Error('There are no examples.')
  const options = { htmlPath: '/run/index.html', runDirectory: '/run' }
  const guarantees = [{ ...first, findings: ['pv-1 remains.', 'pv-2 remains.'] }, ...others]
  const lines = summaryLines({ ...report, run: { ...report.run, findings: ['It is still there.'] }, guarantees }, options)
  expect(lines).toContain(`  findings  1 of the run, 2 of ${first.id}`)
})

test('the summary names each leak, and says that the run is no success because of it', async () => {
  const directory = await exampleRun()
  const report = await buildReport(directory)
  await rm(directory, { recursive: true })
  const guarantees = report.guarantees.filter(({ verdict }) => verdict === 'Passed')
  const leaks = ['The CSI driver answered that it deleted volume v1, and still has it.']
  const run = { ...report.run, leaks }
  const lines = summaryLines({ ...report, run, guarantees, result: 'partial' }, { htmlPath: '/run/index.html', runDirectory: '/run' })
  expect(lines).toContain(`  leak      ${leaks[0]}`)
  expect(lines).toContain('  meaning   exit code 2: what was selected holds, but the run left storage behind; see the reasons above')
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('a run that %s stopped says the exit code of its process', async (interruptedBy, code) => {
  const directory = await exampleRun()
  const report = await buildReport(directory)
  await rm(directory, { recursive: true })
  const lines = summaryLines({ ...report, run: { ...report.run, interruptedBy } }, { htmlPath: '/run/index.html', runDirectory: '/run' })
  expect(lines).toContain(`  meaning   exit code ${code}: the run was interrupted by ${interruptedBy} before all was judged`)
})

test('a mutant that nothing can notice is no control that should have failed', async () => {
  const directory = await exampleRun()
  const report = await buildReport(directory)
  await rm(directory, { recursive: true })
  const row = { ...{ mutant: 'm', guarantee: 'a/b', verdict: 'Passed' as const, reason: '', effect: 'reached' }, killed: false }
  const rows = [row, { ...row, mutant: 'alike', equivalent: 'It is the same.' }, { ...row, mutant: 'noticed', killed: true }]
  const lines = summaryLines({ ...report, sensitivity: rows }, { htmlPath: '/run/index.html', runDirectory: '/run', columns: 80 })
  expect(lines).toContain('  controls  1 of 2 came out Failed, as they must')
  expect(lines.filter((line) => line.includes('came out Passed under'))).toEqual(['            a/b came out Passed under m'])
})
