import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { accessibilityProblems } from '../testing/accessibility.ts'
import { contrastsIn, launchBrowser, openedPage, phone, startsWithin, widthsInPage } from '../testing/browser.ts'
import { exampleSide } from '../testing/example-side.ts'
import { compare } from './compare.ts'
import { comparisonPage } from './comparison-page.ts'

let browser: Browser | undefined
let directory: string
let url: string

const long = `${'a_very_long_word_that_cannot_be_broken_anywhere_'.repeat(5)}.`

beforeAll(async () => {
  browser = await launchBrowser()
  if (browser === undefined) return
  const before = exampleSide(
    {
      guarantees: {
        'a/broken': 'Passed',
        'a/lost': 'Passed',
        'a/slow': 'Passed',
        'a/flaky': 'Passed',
        [`a/${'gone-'.repeat(30)}`]: 'Passed',
      },
    },
    { guarantees: { 'a/broken': 'Passed', 'a/lost': 'Passed', 'a/slow': 'Passed', 'a/flaky': { verdict: 'Failed', reason: long } } },
  )
  const after = exampleSide({
    guarantees: {
      'a/broken': { verdict: 'Failed', reason: `It is not so: ${long}` },
      'a/lost': { verdict: 'NotSupported', reason: `Cluster x lacks Cloning (${long})` },
      'a/slow': { verdict: 'Passed', seconds: 200 },
      'a/flaky': 'Passed',
    },
    cluster: { driver: 'csi.example.com', versions: { kubernetes: `v1.37.2-${'long'.repeat(40)}` } },
  })
  const acceptance = { link: `https://example.com/${'long'.repeat(50)}`, owner: 'storage', expires: '2026-12-31', why: long }
  const entries = [
    { ...acceptance, guarantee: 'a/broken', verdict: 'Failed' as const, line: 2 },
    { ...acceptance, guarantee: 'a/slow', verdict: 'Failed' as const, line: 9 },
  ]
  const comparison = await compare({ before, after, gateDurations: true, knownFailures: { text: '', entries } })
  directory = await mkdtemp(join(tmpdir(), temporaryPrefix('unit')))
  const path = join(directory, 'comparison.html')
  await writeFile(path, comparisonPage(comparison))
  url = pathToFileURL(path).href
}, startsWithin)

afterAll(async () => {
  await browser?.close()
  if (browser !== undefined) await rm(directory, { recursive: true })
}, startsWithin)

async function opened(context: TestContext, options: BrowserContextOptions = {}): Promise<Page> {
  return openedPage(browser, context, options)
}

test('on a phone nothing is wider than the window', async (context) => {
  const page = await opened(context, phone)
  await page.goto(url)
  await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true`)
  expect(await page.evaluate(widthsInPage)).toEqual([390, 390])
})

test('axe-core finds nothing', async (context) => {
  const page = await opened(context, { javaScriptEnabled: true })
  await page.goto(url)
  await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true`)
  expect(await accessibilityProblems(page)).toEqual([])
})

test('it asks for nothing but itself, and links to each guarantee that changed', async (context) => {
  const page = await opened(context)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`${url}#a/broken`, { waitUntil: 'networkidle' })
  expect(asked).toEqual([url])
  expect(await page.locator('[id="a/broken"]').evaluate((element) => element.matches(':target'))).toBe(true)
})

test('each part that the contents list is there', async (context) => {
  const page = await opened(context)
  await page.goto(url)
  const links = await page.locator('nav a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  expect(links).toEqual([
    ...['#worse-and-known', '#no-longer-supported', '#better', '#known-failures', '#only-before', '#durations', '#platform'],
  ])
  for (const link of links) expect(await page.locator(`section${link} h2`).count()).toBe(1)
})

test.for(['light', 'dark'] as const)('in a %s window every coloured word can be read', async (colorScheme, context) => {
  const page = await opened(context, { colorScheme })
  await page.goto(url)
  const contrasts = await contrastsIn(page, '.tone, .badge, .quiet, a')
  expect(contrasts.length).toBeGreaterThan(15)
  expect(contrasts.filter(({ contrast }) => contrast < 4.5)).toEqual([])
})
