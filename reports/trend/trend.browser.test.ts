import { rm } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contrastsIn, launchBrowser, openedPage, phone, startsWithin, widthsInPage } from '../testing/browser.ts'
import { exampleRun } from '../testing/example-run.ts'
import { exampleSiteRun } from '../testing/example-site-run.ts'
import { writeReports } from '../write-reports.ts'
import { writeEarlierRuns } from './earlier-runs.ts'

let browser: Browser | undefined
let directory: string
let url: string

beforeAll(async () => {
  browser = await launchBrowser()
  directory = await exampleRun()
  const platform = { name: 'csi-hostpath.holdfast.dev-1.36', driver: 'csi-hostpath.holdfast.dev', minor: '1.36' }
  const runs = (['Passed', 'Failed', 'Inconclusive', 'NotSupported', 'Passed'] as const).flatMap((verdict, week) =>
    [1, 2, 3, 4, 5].map((day) => {
      const startedAt = `2026-10-${String(week * 5 + day).padStart(2, '0')}T00:00:00.000Z`
      return exampleSiteRun(
        { 'expansion/online': verdict, 'statefulset/ordered-startup': 'Passed' },
        { platform, id: startedAt, startedAt },
      )
    }),
  )
  await writeEarlierRuns(directory, {
    runs,
    leftOut: [`${'a_very_long_name_that_cannot_be_broken_'.repeat(4)} was interrupted by SIGINT.`],
  })
  url = pathToFileURL((await writeReports(directory)).htmlPath).href
}, startsWithin)

afterAll(async () => {
  await browser?.close()
  await rm(directory, { recursive: true })
})

test('what earlier runs came to fits a phone, without scripts', { timeout: startsWithin }, async (context) => {
  const page = await openedPage(browser, context, phone)
  await page.goto(`${url}#trend`)
  expect(await page.evaluate(widthsInPage)).toEqual([390, 390])
  expect(await page.locator('#trend .trend tbody tr').count()).toBe(3)
  expect(await page.locator('#trend .trend svg').first().isVisible()).toBe(true)
})

test.for(['light', 'dark'] as const)('its words can be read, %s', { timeout: startsWithin }, async (colorScheme, context) => {
  const page = await openedPage(browser, context, { colorScheme })
  await page.goto(url)
  const found = await contrastsIn(page, '#trend .tone')
  expect(found.length).toBeGreaterThan(20)
  expect(found.filter(({ contrast }) => contrast < 4.5)).toEqual([])
})
