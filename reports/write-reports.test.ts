import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backupCluster, exampleRoundTrips, unmetGuarantee } from './testing/example-round-trip.ts'
import { exampleRun } from './testing/example-run.ts'
import { verifyReport } from './verify/verify.ts'
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
  expect(html.length).toBeLessThan(2_000_000)
})

test('the page of a backup run tells its stories, also without scripts, and what the cluster was made of', async () => {
  const directory = await exampleRun({ examples: exampleRoundTrips, cluster: backupCluster, unmet: [unmetGuarantee] })
  const { htmlPath } = await writeReports(directory)
  const plain = /<noscript>([^]*?)<\/noscript>/.exec(await readFile(htmlPath, 'utf8'))?.[1] ?? ''
  const environment = await readFile(join(directory, 'allure-results', 'environment.properties'), 'utf8')
  await rm(directory, { recursive: true })
  expect(plain.match(/<section class="story">/g)).toHaveLength(2)
  expect(plain).toContain('no registry answers.')
  expect(plain).not.toContain('<script')
  expect(environment.split('\n')).toEqual(
    expect.arrayContaining([
      'Profile=velero',
      'Velero=v1.18.3',
      String.raw`Object\ store=versitygw v1.8.0`,
      String.raw`Image\ of\ postgres=holdfast.local/postgres:15`,
    ]),
  )
})
