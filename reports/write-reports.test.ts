import { readdir, readFile, rm } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { exampleRun } from './testing/example-run.ts'
import { verifyReport } from './verify/verify.ts'
import { writeReports } from './write-reports.ts'

test('a run becomes report.json, junit.xml and one HTML file', async () => {
  const directory = await exampleRun()
  onTestFinished(() => rm(directory, { recursive: true }))
  const { exitCode, htmlPath } = await writeReports(directory)
  expect(exitCode).toBe(1)
  expect(await verifyReport(directory)).toEqual([])
  expect(await readdir(directory)).toEqual(expect.arrayContaining(['report.json', 'junit.xml', 'index.html']))
  expect(await readFile(htmlPath, 'utf8')).toContain('3 of 3 checks ran: 1 Passed, 1 Failed, 1 Inconclusive')
})
