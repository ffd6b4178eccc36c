import { rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { buildReport } from '../../model/build-report.ts'
import { exampleRun } from '../../testing/example-run.ts'
import { junitXml } from './junit.ts'

test('one test case for each check of the catalogue, with the element of its verdict', async () => {
  const skipped = [{ id: 'velero/a-round-trip', statement: 'It comes back.', level: 'MUST' as const, why: 'need <Velero>: profile velero' }]
  const directory = await exampleRun({ skipped })
  const xml = junitXml(await buildReport(directory))
  await rm(directory, { recursive: true })
  expect(xml).toContain('tests="4" failures="1" errors="1" skipped="1"')
  expect(xml).toContain('<property name="checks" value="3 of 4 checks ran: 1 Passed, 1 Failed, 1 Inconclusive"/>')
  expect(xml).toMatch(/classname="velero" name="a-round-trip"[^]*?<skipped message="not selected: need &lt;Velero&gt;: profile velero"/)
  expect(xml).toMatch(/name="halts-while-predecessor-is-not-ready"[^]*?<failure type="Failed" message="Pod hf-demo\/web-1 was created/)
  expect(xml).toMatch(/name="online"[^]*?<error type="Inconclusive"/)
  expect(xml).toContain('expected  web-0 Ready &lt;before&gt; web-1 created')
  expect(xml).toContain('<property name="version.kubernetes" value="v1.36.3"/>')
})
