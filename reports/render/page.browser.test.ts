import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest'
import type { KnownFailure } from '../known-failures/known-failure.ts'
import { publishedCopy, writePublishedCopy } from '../publish/published-copy.ts'
import { backupCluster, exampleRoundTrips } from '../testing/example-round-trip.ts'
import { exampleKnownFailures, knownFailuresText } from '../testing/example-known-failures.ts'
import { exampleGuarantees, exampleRun } from '../testing/example-run.ts'
import { writeReports } from '../write-reports.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome']
const executablePath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((directory) => names.map((name) => join(directory, name)))
  .find((path) => existsSync(path))

const seenBefore = { judgement: 'toReach pods-ready, out of time', seconds: 61.2, day: '2026-11-20', kubernetes: 'v1.37.2' }

const otherFailure: Omit<KnownFailure, 'guarantee' | 'why' | 'link'> = {
  verdict: 'Failed',
  owner: 'a-team-with-a-long-name-'.repeat(4),
  expires: '2026-12-31',
  reason: 'a_very_long_word_that_cannot_be_broken_anywhere_'.repeat(4),
}

/** Milliseconds: a browser takes its time on a busy machine. */
const startsWithin = 60_000

let directory: string
let url: string
let publishedUrl: string
let browser: Browser | undefined

beforeAll(async () => {
  if (executablePath === undefined) return
  const statement = `${'A statement of a document with a_very_long_word_that_cannot_be_broken_anywhere_'.repeat(3)}.`
  const entry = { area: 'StatefulSets', level: 'MUST', statement, reality: statement, guarantees: ['statefulset/ordered-startup'] } as const
  directory = await exampleRun({
    examples: [...exampleGuarantees, ...exampleRoundTrips],
    cluster: backupCluster,
    seenBefore: { 'expansion/online': { ...seenBefore, mutant: 'expansion-books-only-with-a-name-that-is-long'.repeat(2) } },
    knownFailures: knownFailuresText([
      ...exampleKnownFailures,
      {
        ...otherFailure,
        guarantee: 'statefulset/ordered-startup',
        why: statement,
        link: `https://example.com/${'a-long-path/'.repeat(9)}`,
      },
    ]),
    skipped: [{ id: 'velero/comes-back', statement, level: 'MUST', why: 'need Velero: profile velero' }],
    ledger: (['holds', 'conditional', 'refuted'] as const).map((verdict) => ({
      ...entry,
      id: `statefulset.${verdict}`,
      verdict,
      when: 'Always.',
      guarantees: [...entry.guarantees],
    })),
  })
  url = pathToFileURL((await writeReports(directory)).htmlPath).href
  const copy = join(directory, 'copy')
  await writePublishedCopy(await publishedCopy(directory), copy)
  publishedUrl = pathToFileURL(join(copy, 'index.html')).href
  browser = await chromium.launch({ executablePath, timeout: startsWithin })
}, startsWithin)

afterAll(async () => {
  await browser?.close()
  if (executablePath !== undefined) await rm(directory, { recursive: true })
}, startsWithin)

/**
 * The page from the disk, in a window of 1280 pixels or as told, without scripts. Skips the test where there is no browser; CI must have
 * one.
 */
async function opened({ skip }: TestContext, options: BrowserContextOptions = {}): Promise<Page> {
  if (browser === undefined) {
    if (process.env['CI'] !== undefined) throw new Error('No Chromium is on the PATH. Install it: apt-get install chromium.')
    return skip('No Chromium is on the PATH: apt-get install chromium.')
  }
  const context = await browser.newContext({ javaScriptEnabled: false, ...options })
  return context.newPage()
}

test.for(['as the run left it', 'as it is published'])('on a phone nothing is wider than the window, %s', async (which, context) => {
  const page = await opened(context, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
  await page.goto(which === 'as it is published' ? publishedUrl : url)
  await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true`)
  expect(await page.evaluate('[window.innerWidth, document.documentElement.scrollWidth]')).toEqual([390, 390])
})

test('it asks for nothing but itself', async (context) => {
  const page = await opened(context)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(url, { waitUntil: 'networkidle' })
  expect(asked).toEqual([url])
})

test.for(['statefulset/ordered-startup', 'velero/comes-back', 'statefulset.refuted'])('a link to %s ends there', async (id, context) => {
  const page = await opened(context)
  await page.goto(`${url}#${id}`)
  expect(await page.locator(`[id="${id}"]`).evaluate((element) => Math.abs(element.getBoundingClientRect().top) < 100)).toBe(true)
})

test('each check says when it was last seen to fail, as it is published too', async (context) => {
  const page = await opened(context)
  for (const address of [url, publishedUrl]) {
    await page.goto(address)
    const [known, never] = ['expansion/online', 'statefulset/ordered-startup'].map((id) => page.locator(`section.check[id="${id}"]`))
    expect(await known?.innerText()).toContain('Last seen to fail on 2026-11-20 on Kubernetes v1.37.2, under expansion-books-only')
    expect(await never?.innerText()).toContain('Never seen to fail.')
  }
})

test('printed, it is whole: what is folded on the screen is open, on more than one page', async (context) => {
  const page = await opened(context)
  await page.goto(url)
  const folded = page.locator('details:not([open]) .evidence').first()
  expect(await folded.evaluate((element) => element.checkVisibility())).toBe(false)
  await page.emulateMedia({ media: 'print' })
  expect(await folded.evaluate((element) => element.getBoundingClientRect().height)).toBeGreaterThan(20)
  const pdf = (await page.pdf()).toString('latin1')
  expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(3)
})

test.for(['light', 'dark'] as const)('in a %s window every coloured word can be read', async (colorScheme, context) => {
  const page = await opened(context, { colorScheme })
  await page.goto(url)
  const colours = await page.evaluate<(readonly [string, string])[]>(coloursInPage)
  const contrasts = colours.map((pair) => {
    const [less = 0, more = 0] = pair.map(luminance).toSorted((one, other) => one - other)
    return { pair, contrast: (more + 0.05) / (less + 0.05) }
  })
  expect(contrasts.length).toBeGreaterThan(30)
  expect(contrasts.filter(({ contrast }) => contrast < 4.5)).toEqual([])
})

/** Program in the page: the colour of each coloured element and of what it stands on. */
const coloursInPage = `[...document.querySelectorAll('.tone, .badge, .quiet, a')].map((element) => {
  let ground = element
  while (ground.parentElement !== null && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement
  return [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor]
})`

/** Relative luminance of a colour as WCAG defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const value = Number(part) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
