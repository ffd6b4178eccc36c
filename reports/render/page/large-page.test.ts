import { rm } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { largeRun } from '../../testing/large-run.ts'
import { pageHtml } from './page.ts'

// A real run of as many has a sixth more (1.991 MB against 1.716), for its sentences and its reasons are longer.
const atMost = 2_000_000 / 1.16

test('the page of a run of 201 guarantees with all evidence is so small that the one of a real run takes two megabytes at most', async () => {
  const { report, directory } = await largeRun(201)
  onTestFinished(() => rm(directory, { recursive: true }))
  const html = await pageHtml(report, directory)
  expect(report.guarantees).toHaveLength(201)
  expect(new Set(report.guarantees.map(({ id }) => id)).size).toBe(201)
  expect(html.match(/<section class="check"/g)).toHaveLength(201)
  expect(html.match(/<tr id="[^"]+\.\d+"/g)?.length).toBeGreaterThan(800)
  expect(html.match(/<a href="#[^"]+\.\d+">/g)?.length).toBeGreaterThan(800)
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(atMost)
})
