import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { accessibilityProblems } from '../testing/accessibility.ts'
import { contrastsIn, launchBrowser, openedPage, phone, startsWithin, widthsInPage } from '../testing/browser.ts'
import { sitePages } from './site-pages.ts'
import { siteRun } from './site-run.ts'

const published = join(import.meta.dirname, '..', 'published')
const older = 'v1.36.3-full-20261127-174436-d907'
const before = 'v1.37.2-standard-20261128-201152-559a'
const after = 'v1.37.2-full-20261129-185551-9292'
const paths = ['index.html', 'compare.html', 'guarantees/index.html', 'guarantees/updates.html']

let directory: string
let server: Server
let browser: Browser | undefined
let addresses: Readonly<Record<'file' | 'http', string>>

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), temporaryPrefix('unit')))
  const names = [older, before, after]
  const runs = names.map((name) => siteRun(name, readFileSync(join(published, name, 'report.json'), 'utf8')))
  for (const [path, text] of sitePages(runs)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text)
  }
  await mkdir(join(directory, 'runs'))
  for (const name of names) await symlink(join(published, name), join(directory, 'runs', name))
  server = createServer(({ url = '' }, response) => {
    const path = join(directory, new URL(url, 'http://localhost').pathname)
    if (!existsSync(path) || !statSync(path).isFile()) response.writeHead(404).end()
    else createReadStream(path).pipe(response.setHeader('content-type', path.endsWith('.html') ? 'text/html' : 'text/plain'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  addresses = { file: pathToFileURL(directory).href, http: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  browser = await launchBrowser()
}, startsWithin)

afterAll(async () => {
  await browser?.close()
  await new Promise((resolve) => server.close(resolve))
  await rm(directory, { recursive: true })
}, startsWithin)

/** A page, and what it asked for and complained of. */
async function opened(
  context: TestContext,
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly said: string[] }> {
  const page = await openedPage(browser, context, options)
  const said: string[] = []
  page.on('request', (request) => said.push(request.url()))
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', ({ message }) => said.push(message))
  return { page, said }
}

test.for(['file', 'http'] as const)(
  'over %s, each page asks for nothing but itself and breaks no policy, with scripts',
  async (scheme, context) => {
    const { page, said } = await opened(context, { javaScriptEnabled: true })
    for (const path of paths) {
      said.length = 0
      const address = `${addresses[scheme]}/${path}`
      await page.goto(address, { waitUntil: 'networkidle' })
      expect(said).toEqual([address])
    }
  },
)

test.for(['light', 'dark'] as const)(
  'on a %s phone nothing is wider than the window, and every coloured word can be read',
  async (colorScheme, context) => {
    const { page } = await opened(context, { ...phone, colorScheme, javaScriptEnabled: true })
    for (const path of paths) {
      await page.goto(`${addresses.file}/${path}`)
      await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true`)
      expect([path, await page.evaluate(widthsInPage)]).toEqual([path, [390, 390]])
      const contrasts = await contrastsIn(page, '.tone, .badge, .quiet, a, select, label')
      expect(contrasts.length).toBeGreaterThan(10)
      expect(contrasts.filter(({ contrast }) => contrast < 4.5)).toEqual([])
    }
  },
)

test.for(paths)('axe-core finds nothing on %s', async (path, context) => {
  const page = await openedPage(browser, context, { javaScriptEnabled: true })
  await page.goto(`${addresses.file}/${path}`)
  expect(await accessibilityProblems(page)).toEqual([])
})

test('the first screen says what this is, and which run is the newest', async (context) => {
  const { page } = await opened(context)
  await page.goto(`${addresses.file}/index.html`)
  expect(await page.locator('h1').innerText()).toBe('What the documentation promises for state in Kubernetes, tried on real clusters')
  const newest = page.locator('header p', { hasText: 'Newest: 2026-11-29 18:55 UTC on Kubernetes 1.37' })
  const bottom = await newest.evaluate((element) => element.getBoundingClientRect().bottom)
  expect(bottom).toBeLessThan(400)
  await newest.locator('a').click()
  await page.waitForURL(`**/runs/${after}/index.html`)
})

test.for(['file', 'http'] as const)(
  'over %s, any two runs are compared by keyboard, and what is shown is what the neighbours show',
  async (scheme, context) => {
    const { page } = await opened(context, { javaScriptEnabled: true })
    await page.goto(`${addresses[scheme]}/compare.html`)
    const shown = page.locator('#changes')
    const neighbours = page.locator(`[id="${before}..${after}"]`)
    expect(await neighbours.innerText()).toContain('Cluster holdfast-t has no second image to run Pods from.')
    for (const part of ['td', 'summary', 'p'])
      expect(await shown.locator(part).allTextContents()).toEqual(await neighbours.locator(part).allTextContents())

    for (let key = 0; key < 10 && (await page.evaluate('document.activeElement.id')) !== 'before'; key += 1)
      await page.keyboard.press('Tab')
    await page.keyboard.press('End')
    await page.waitForURL(`**/compare.html#${older}..${after}`)
    expect(await shown.innerText()).toContain('Guarantees in both runs: 57, 1 with another verdict.')
    const link = shown.locator('td a').first()
    await link.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/guarantees/updates.html#updates/rolling-update')
    await page.goBack()
    expect(await page.locator('#before').inputValue()).toBe(older)
  },
)

test.for(['%E0%A4%A', '%', 'nothing', `${older}..nothing`])(
  'an address behind # that names no two runs, %s, shows the first choice',
  async (hash, context) => {
    const { page, said } = await opened(context, { javaScriptEnabled: true })
    await page.goto(`${addresses.file}/compare.html`)
    const shown = await page.locator('#changes').innerText()
    await page.goto('about:blank')
    said.length = 0
    await page.goto(`${addresses.file}/compare.html#${hash}`)
    expect(await page.locator('#changes').innerText()).toBe(shown)
    expect(said).toHaveLength(1)
  },
)

test('without scripts, neighbours are compared, and the choice that would do nothing is not there', async (context) => {
  const { page } = await opened(context)
  await page.goto(`${addresses.file}/compare.html`)
  expect(await page.locator('#before').isVisible()).toBe(false)
  expect(await page.locator('noscript').innerText()).toContain('Choosing two runs takes scripts.')
  expect(await page.locator('#neighbours section').count()).toBe(2)
})

test('printed, it is whole: what is folded on the screen is open', async (context) => {
  const { page } = await opened(context)
  await page.goto(`${addresses.file}/compare.html`)
  const folded = page.locator('#neighbours details > :not(summary)').first()
  expect(await folded.evaluate((element) => element.checkVisibility())).toBe(false)
  await page.emulateMedia({ media: 'print' })
  expect(await folded.evaluate((element) => element.getBoundingClientRect().height)).toBeGreaterThan(20)
})
