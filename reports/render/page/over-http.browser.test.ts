import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openedPage, phone, startsWithin, widthsInPage } from '../../testing/browser.ts'
import { type LargeRun, largeRun } from '../../testing/large-run.ts'
import { type Served, servedOverHttp } from '../../testing/served.ts'
import { writeHtml } from './page.ts'
import { pathOf, skipWithout } from '../../testing/needed-program.ts'

const id = 'statefulset/ordered-startup'

let browser: Browser | undefined
let run: LargeRun
let server: Served

beforeAll(async () => {
  browser = await launchBrowser()
  if (browser === undefined) return
  run = await largeRun(119)
  await writeHtml(run.report, run.directory)
  server = await servedOverHttp(run.directory)
}, startsWithin)

afterAll(async () => {
  await browser?.close()
  if (browser === undefined) return
  await server.close()
  await rm(run.directory, { recursive: true })
}, startsWithin)

test.for(['index.html', 'timelines.html'])(
  'over http, %s of a whole run asks for nothing but itself and breaks no policy',
  async (file, context) => {
    const page = await openedPage(browser, context, { javaScriptEnabled: true })
    const said: string[] = []
    page.on('request', (request) => said.push(request.url()))
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', ({ message }) => said.push(message))
    const address = `${server.address}/${file}`
    await page.goto(address, { waitUntil: 'networkidle' })
    expect(said).toEqual([address])
  },
)

test.for(['index.html', 'timelines.html'])('over http, a link of %s to a line of the history opens that file', async (file, context) => {
  const page = await openedPage(browser, context)
  await page.goto(`${server.address}/${file}#${id}`)
  await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true`)
  const link = page.locator(`[id="${id}"] a[href*="/${id.split('/')[1]}/history.jsonl#"]`).first()
  await link.focus()
  const [answer] = await Promise.all([page.waitForResponse('**/history.jsonl'), page.keyboard.press('Enter')])
  expect(answer.status()).toBe(200)
  expect(await answer.text()).toBe(readFileSync(join(run.directory, 'evidence', id, 'history.jsonl'), 'utf8'))
})

test('a link of a clause opens what is folded and shows the judgement', async (context) => {
  const page = await openedPage(browser, context)
  await page.goto(`${server.address}/index.html`)
  const clauses = page.locator('details.clauses').first()
  await clauses.locator('summary').click()
  const link = clauses.locator('a').first()
  const target = (await link.getAttribute('href'))?.slice(1) ?? ''
  const row = page.locator(`tr[id="${target}"]`)
  expect(await row.isVisible()).toBe(false)
  await link.click()
  expect(await row.isVisible()).toBe(true)
  expect(await row.innerText()).toContain(await link.innerText())
})

test.for(['light', 'dark'] as const)('on a %s phone neither page of a whole run is wider than the window', async (colorScheme, context) => {
  const page = await openedPage(browser, context, { ...phone, colorScheme })
  for (const file of ['index.html', 'timelines.html']) {
    await page.goto(`${server.address}/${file}`)
    await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true`)
    expect([file, await page.evaluate(widthsInPage)]).toEqual([file, [390, 390]])
  }
})

/** Text of a PDF, a string for each of its pages. */
function sheetsOf(pdf: Buffer): readonly string[] {
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 })
  return text.split('\f').slice(0, -1)
}

test('printed at the address of a check, that check alone is there, whole, with its title and number on each sheet', async (context) => {
  const page = await openedPage(browser, context)
  await page.goto(`${server.address}/index.html#${id}`)
  if (pathOf('pdftotext') === undefined) skipWithout('poppler-utils', context)
  const sheets = sheetsOf(await page.pdf({ preferCSSPageSize: true }))
  const text = sheets.join('')
  expect(sheets.length).toBeLessThan(5)
  for (const [index, sheet] of sheets.entries()) {
    expect(sheet).toContain(`Holdfast ${run.report.run.id}`)
    expect(sheet).toContain(`${index + 1} of ${sheets.length}`)
  }
  expect(text).toContain('it alone is printed')
  expect(text).toContain('decides-2')
  expect(text).not.toContain('Documented wrongly')
  expect(text).not.toContain('statefulset/halts-while')
})

test('printed, the page of a whole run has its title and number on each sheet, and no row of a table is cut', async (context) => {
  const page = await openedPage(browser, context)
  await page.goto(`${server.address}/index.html`)
  await page.emulateMedia({ media: 'print' })
  const cut = `[...new Set([...document.querySelectorAll('tr, .reason, kbd')].map((element) => getComputedStyle(element).breakInside))]`
  expect(await page.evaluate(cut)).toEqual(['avoid'])
  if (pathOf('pdftotext') === undefined) skipWithout('poppler-utils', context)
  const sheets = sheetsOf(await page.pdf({ preferCSSPageSize: true }))
  expect(sheets.length).toBeGreaterThan(50)
  expect(sheets.filter((sheet, index) => !sheet.includes(`${index + 1} of ${sheets.length}`))).toEqual([])
  expect(sheets.filter((sheet) => !sheet.includes(`Holdfast ${run.report.run.id}`))).toEqual([])
  expect(sheets.join('')).toContain(run.report.guarantees.at(-1)?.id)
})
