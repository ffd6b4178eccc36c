import { rm } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { buildReport } from '../../model/build-report.ts'
import { auditedRun } from '../../testing/audited-run.ts'
import { exampleRun } from '../../testing/example-run.ts'
import { pageHtml } from './page.ts'

async function pageOf(made: Promise<string>): Promise<string> {
  const directory = await made
  onTestFinished(() => rm(directory, { recursive: true }))
  return pageHtml(await buildReport(directory), directory)
}

test('a check says what its history was compared with', async () => {
  const html = await pageOf(auditedRun())
  expect(html).toContain(
    'Compared with the audit log of the API server (20 events): 17 versions of objects and 1 request of the suite are in both',
  )
  expect(html).toContain('the audit log of the API server, which the history of each check is compared with')
})

test('where no log can be read, the page says that there is one source', async () => {
  const html = await pageOf(exampleRun())
  expect(html).toContain('none: Holdfast can read no audit log of this API server')
  expect(html).not.toContain('Compared with the audit log')
})
