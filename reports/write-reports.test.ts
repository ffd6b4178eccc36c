import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exampleRun } from './example-run.ts'
import { verifyReport } from './verify.ts'
import { writeReports } from './write-reports.ts'

test('a run becomes report.json, junit.xml and one HTML file that loads nothing', async () => {
  const directory = await exampleRun()
  const { exitCode, htmlPath } = await writeReports(directory)
  const html = await readFile(htmlPath, 'utf8')
  const results = (await readdir(join(directory, 'allure-results'))).filter((name) => name.endsWith('-result.json'))
  const parsed = await Promise.all(
    results.map(
      async (name) =>
        JSON.parse(await readFile(join(directory, 'allure-results', name), 'utf8')) as {
          fullName: string
          status: string
          descriptionHtml: string
        },
    ),
  )
  const problems = await verifyReport(directory)
  const files = await readdir(directory)
  await rm(directory, { recursive: true })
  expect(exitCode).toBe(1)
  expect(problems).toEqual([])
  expect(files).toEqual(expect.arrayContaining(['report.json', 'junit.xml', 'index.html']))
  expect(Object.fromEntries(parsed.map(({ fullName, status }) => [fullName, status]))).toEqual({
    'statefulset/ordered-startup': 'passed',
    'statefulset/halts-while-predecessor-is-not-ready': 'failed',
    'expansion/online': 'broken',
  })
  expect(parsed.every(({ descriptionHtml }) => descriptionHtml.includes('src="data:image/svg+xml;base64,'))).toBe(true)
  expect(html.match(/<(?:script|link|img)[^>]{1,200}(?:src|href)="https?:|dataLayer = /g)).toBeNull()
})
