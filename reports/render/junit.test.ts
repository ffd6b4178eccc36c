import { rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { buildReport } from '../model/build-report.ts'
import { exampleRun } from '../testing/example-run.ts'
import { junitXml } from './junit.ts'

test('one test case a guarantee, with the element of its verdict', async () => {
  const directory = await exampleRun()
  const xml = junitXml(await buildReport(directory))
  await rm(directory, { recursive: true })
  expect(xml).toContain('tests="3" failures="1" errors="1" skipped="0"')
  expect(xml).toMatch(/name="halts-while-predecessor-is-not-ready"[^]*?<failure type="Failed" message="Pod hf-demo\/web-1 was created/)
  expect(xml).toMatch(/name="online"[^]*?<error type="Inconclusive"/)
  expect(xml).toContain('expected  web-0 Ready &lt;before&gt; web-1 created')
  expect(xml).toContain('<property name="version.kubernetes" value="v1.36.3"/>')
})
