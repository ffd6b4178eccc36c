import { readdir, readFile, rm } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { exampleGuarantees, exampleRun } from './testing/example-run.ts'
import { summaryLines } from './render/text/summary.ts'
import { verifyReport } from './verify/verify.ts'
import { writeReports } from './write-reports.ts'

test('a run becomes report.json, junit.xml and one HTML file, with Allure results for export', async () => {
  const directory = await exampleRun()
  onTestFinished(() => rm(directory, { recursive: true }))
  const { exitCode, htmlPath } = await writeReports(directory)
  expect(exitCode).toBe(1)
  expect(await verifyReport(directory)).toEqual([])
  expect(await readdir(directory)).toEqual(expect.arrayContaining(['report.json', 'junit.xml', 'index.html', 'allure-results']))
  expect(await readFile(htmlPath, 'utf8')).toContain('3 of 3 checks ran: 1 Passed, 1 Failed, 1 Inconclusive')
})

test('a run of one SHOULD that Passed exits with 0 and says that no MUST was selected', async () => {
  const [first] = exampleGuarantees
  if (first === undefined) throw new Error('There are no examples.')
  const skipped = [{ id: 'velero/comes-back', statement: 'It comes back.', level: 'MUST' as const, why: 'not named' }]
  const directory = await exampleRun({ examples: [{ ...first, guarantee: { ...first.guarantee, level: 'SHOULD' } }], skipped })
  onTestFinished(() => rm(directory, { recursive: true }))
  const { report, exitCode, htmlPath } = await writeReports(directory)
  expect(exitCode).toBe(0)
  expect(summaryLines(report, { htmlPath, runDirectory: directory }).join('\n')).toContain(
    '1 of 2 checks ran: 1 Passed; no MUST was selected',
  )
})
