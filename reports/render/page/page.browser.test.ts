import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest'
import type { KnownFailure } from '../../known-failures/known-failure.ts'
import { publishedCopy, writePublishedCopies } from '../../publish/published-copy.ts'
import { contrastsIn, launchBrowser, openedPage, phone, startsWithin, widthsInPage } from '../../testing/browser.ts'
import { backupCluster, exampleRoundTrips } from '../../testing/example-round-trip.ts'
import { exampleKnownFailures, knownFailuresText } from '../../testing/example-known-failures.ts'
import { exampleGuarantees, exampleRun } from '../../testing/example-run.ts'
import { writeReports } from '../../write-reports.ts'

const seenBefore = { judgement: 'toReach pods-ready, out of time', seconds: 61.2, day: '2026-11-20', kubernetes: 'v1.37.2' }

const otherFailure: Omit<KnownFailure, 'guarantee' | 'why' | 'link'> = {
  verdict: 'Failed',
  owner: 'a-team-with-a-long-name-'.repeat(4),
  expires: '2026-12-31',
  reason: 'a_very_long_word_that_cannot_be_broken_anywhere_'.repeat(4),
}

let directory: string
let url: string
let publishedUrl: string
let browser: Browser | undefined

beforeAll(async () => {
  browser = await launchBrowser()
  if (browser === undefined) return
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
  await writePublishedCopies([{ copy: await publishedCopy(directory), directory: copy }])
  publishedUrl = pathToFileURL(join(copy, 'index.html')).href
}, startsWithin)

afterAll(async () => {
  await browser?.close()
  if (browser !== undefined) await rm(directory, { recursive: true })
}, startsWithin)

async function opened(context: TestContext, options: BrowserContextOptions = {}): Promise<Page> {
  return openedPage(browser, context, options)
}

test.for([390, 700, 901, 1280])('the address of a statement shows it below the filter, %s px wide', async (width, context) => {
  const page = await opened(context, { javaScriptEnabled: true, viewport: { width, height: 800 } })
  await page.goto(`${url}#statefulset.refuted`)
  const [filter, name] = [page.locator('.filter'), page.locator('[id="statefulset.refuted"] .anchor')]
  const bottom = await filter.evaluate((element) => element.getBoundingClientRect().bottom)
  expect(bottom).not.toBe(0)
  expect(await name.evaluate((element) => element.getBoundingClientRect().top)).toBeGreaterThanOrEqual(bottom)
})

test('a source is named by site, page and section, and printed with its address', async (context) => {
  const page = await opened(context)
  await page.goto(url)
  const source = page.locator('.check>.quiet>a[href^=http]').first()
  const address = (await source.getAttribute('href')) ?? ''
  const { host, pathname, hash } = new URL(address)
  expect(await source.innerText()).toBe(`${host}: ${pathname.split('/').findLast((part) => part !== '')}${hash}`)
  const after = `getComputedStyle(document.querySelector('.check>.quiet>a[href^=http]'), '::after').content`
  expect(await page.evaluate(after)).toBe('none')
  await page.emulateMedia({ media: 'print' })
  expect((await page.evaluate<string>(after)).replaceAll('"', '')).toContain(address)
})

test.for(['as the run left it', 'as it is published'])('on a phone nothing is wider than the window, %s', async (which, context) => {
  const page = await opened(context, phone)
  await page.goto(which === 'as it is published' ? publishedUrl : url)
  await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true`)
  expect(await page.evaluate(widthsInPage)).toEqual([390, 390])
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
  const folded = page.locator('details:not([open]) .judgements').first()
  expect(await folded.evaluate((element) => element.checkVisibility())).toBe(false)
  await page.emulateMedia({ media: 'print' })
  expect(await folded.evaluate((element) => element.getBoundingClientRect().height)).toBeGreaterThan(20)
  const pdf = (await page.pdf()).toString('latin1')
  expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(3)
})

test.for(['light', 'dark'] as const)('in a %s window every coloured word can be read', async (colorScheme, context) => {
  const page = await opened(context, { colorScheme })
  await page.goto(url)
  const contrasts = await contrastsIn(page, '.tone, .badge, .quiet, a')
  expect(contrasts.length).toBeGreaterThan(30)
  expect(contrasts.filter(({ contrast }) => contrast < 4.5)).toEqual([])
})
