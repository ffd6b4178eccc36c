import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openedPage, startsWithin } from '../../testing/browser.ts'
import { type LargeRun, largeRun } from '../../testing/large-run.ts'
import { pageHtml } from './page.ts'

let browser: Browser | undefined
let run: LargeRun
let url: string

beforeAll(async () => {
  browser = await launchBrowser()
  if (browser === undefined) return
  run = await largeRun(500)
  const path = join(run.directory, 'index.html')
  await writeFile(path, await pageHtml(run.report, run.directory))
  url = pathToFileURL(path).href
}, startsWithin)

afterAll(async () => {
  await browser?.close()
  if (browser !== undefined) await rm(run.directory, { recursive: true })
}, startsWithin)

/** Milliseconds from the start of loading to the first content that is painted, and to the end of loading. */
const paintAndLoad = `[
  performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  performance.getEntriesByType('navigation')[0].loadEventEnd,
]`

test('a page of 500 guarantees is painted and whole without scripts', async (context) => {
  const page = await openedPage(browser, context)
  await page.goto(url)
  // A picture takes a frame, before which nothing is painted.
  await page.screenshot()
  // No limit: how long it takes is a matter of the machine and of what else runs on it.
  const [paint = 0, load = 0] = await page.evaluate<readonly number[]>(paintAndLoad)
  console.info(`500 guarantees: first contentful paint after ${paint.toFixed(0)} ms, loaded after ${load.toFixed(0)} ms`)
  expect(paint).toBeGreaterThan(0)
  expect(await page.locator('h1').isVisible()).toBe(true)
  expect(await page.locator('section.check > .sentence').count()).toBe(500)
  const last = run.report.guarantees.at(-1)?.id ?? ''
  await page.goto(`${url}#${last}`)
  const section = page.locator(`[id="${last}"]`)
  expect(await section.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(page.viewportSize()?.height ?? 0)
  expect(await section.innerText()).toContain(run.report.guarantees.at(-1)?.statement)
})
