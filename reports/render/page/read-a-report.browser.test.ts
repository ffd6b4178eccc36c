import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems } from '../../testing/accessibility.ts'
import { contrastsIn, launchBrowser, openedPage, phone, startsWithin, widthsInPage } from '../../testing/browser.ts'
import { exampleRun } from '../../testing/example-run.ts'
import type { CoveredEntry } from '../../model/ledger.ts'
import { writeReports } from '../../write-reports.ts'

let directory: string
let browser: Browser | undefined

const entry: Pick<CoveredEntry, 'area' | 'level' | 'reality' | 'guarantees'> = {
  area: 'StatefulSets',
  level: 'MUST',
  reality: 'In order.',
  guarantees: ['statefulset/ordered-startup'],
}

beforeAll(async () => {
  browser = await launchBrowser()
  if (browser === undefined) return
  directory = await exampleRun({
    skipped: [{ id: 'velero/comes-back', statement: 'It comes back.', level: 'MUST', why: 'need Velero: profile velero' }],
    seenBefore: { 'statefulset/ordered-startup': { mutant: 'parallel-pod-management', day: '2026-11-20', kubernetes: 'v1.37.2' } },
    ledger: [
      { ...entry, id: 'statefulset.any-order', statement: 'Pods start in any order.', verdict: 'refuted', instead: 'One by one.' },
      { ...entry, id: 'statefulset.in-order', statement: 'Pods start in order.', verdict: 'holds', documents: { Handbook: ['Order'] } },
      { ...entry, id: 'snapshot.later', area: 'Snapshots', statement: 'Snapshots wait.', verdict: 'holds', level: 'MAY', guarantees: [] },
    ],
  })
  await writeReports(directory)
}, startsWithin)

afterAll(async () => {
  await browser?.close()
  if (browser !== undefined) await rm(directory, { recursive: true })
}, startsWithin)

const address = (file: string) => pathToFileURL(join(directory, file)).href

const started = '[id="statefulset/ordered-startup"]'

/** What docs/read-a-report.md walks through: clicks, and what then can be read. */
const walks: readonly (readonly [question: string, clicks: readonly string[], read: string, text: string])[] = [
  ['what was tested, when and how it is done again', [], 'header', 'csi-hostpath.holdfast.dev'],
  ['the command to do it again', [], '#reproduce', './holdfast run'],
  [
    'whether the order of starts was checked',
    ['nav a[href="#checks"]', '#checks a[href="#statefulset/ordered-startup"]'],
    started,
    'one at a time',
  ],
  ['what shows it', ['#checks a[href="#statefulset/ordered-startup"]', `${started} summary`], `${started} .judgements`, 'Pod web-1 Ready'],
  [
    'the line of the history',
    ['#checks a[href="#statefulset/ordered-startup"]', `${started} summary`, `${started} .judgements a`],
    'body',
    '"seq":7',
  ],
  ['what was not run, and why', ['a[href="#not-run"]'], '#not-run', 'need Velero'],
  ['what is documented wrongly', ['nav a[href="#documented-wrongly"]'], '#documented-wrongly', 'One by one.'],
  ['what became of a statement', ['nav a[href="#statements"]'], '#statements', 'Snapshots wait.'],
  ['whether the check can fail', ['#checks a[href="#statefulset/ordered-startup"]'], started, 'Last seen to fail on 2026-11-20'],
  [
    'digests and timeline',
    [`#checks a[href="#statefulset/ordered-startup"]`, `${started} summary`, `${started} .evidence a[href^="timelines"]`],
    started,
    'SHA-256',
  ],
  ['who signed it, and how to verify that', ['nav a[href="#environment"]'], '#environment', 'attestation.dsse.json'],
  ['the cause of a failure', ['nav a[href="#failures"]'], '#failures', 'web-1 created at +0.32 s'],
]

test.for(walks)('%s: in at most three clicks, without scripts', async ([, clicks, read, text], context) => {
  const page = await openedPage(browser, context)
  await page.goto(address('index.html'))
  for (const selector of clicks) await page.locator(selector).first().click()
  expect(clicks.length).toBeLessThanOrEqual(3)
  expect(await page.locator(read).first().innerText()).toContain(text)
})

test.for(['index.html', 'timelines.html'])('axe-core finds nothing on %s, light and dark, wide and narrow', async (file, context) => {
  for (const options of [{}, { ...phone, colorScheme: 'dark' }] as const) {
    const page = await openedPage(browser, context, { javaScriptEnabled: true, ...options })
    await page.goto(address(file))
    await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true`)
    expect(await accessibilityProblems(page)).toEqual([])
  }
})

async function left(page: Page): Promise<readonly string[]> {
  return page.locator('.coverage tr.entry:visible').evaluateAll((rows) => rows.map(({ id }) => id))
}

test('the table of statements is narrowed by what is chosen, and is whole without scripts', async (context) => {
  const whole = await openedPage(browser, context)
  await whole.goto(address('index.html'))
  expect(await left(whole)).toHaveLength(3)
  expect(await whole.locator('#filter').isVisible()).toBe(false)
  const page = await openedPage(browser, context, { javaScriptEnabled: true })
  await page.goto(address('index.html'))
  await page.locator('#filter select[name="level"]').selectOption('MAY')
  expect(await left(page)).toEqual(['snapshot.later'])
  await page.locator('#filter select[name="level"]').selectOption('')
  await page.locator('#filter select[name="document"]').selectOption('Handbook')
  expect(await left(page)).toEqual(['statefulset.in-order'])
  await page.locator('#filter select[name="document"]').selectOption('')
  await page.locator('#filter input').fill('any ORDER')
  expect(await left(page)).toEqual(['statefulset.any-order'])
  expect(await page.locator('#filter output').innerText()).toBe('1 statements')
  await page.goto(`${address('index.html')}#snapshot.later`)
  expect(await left(page)).toHaveLength(3)
})

test('the page of timelines prints, fits a phone and asks for nothing', async (context) => {
  const page = await openedPage(browser, context, phone)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(address('timelines.html'))
  expect(await page.evaluate(widthsInPage)).toEqual([390, 390])
  expect(asked).toEqual([address('timelines.html')])
  const pdf = (await page.pdf()).toString('latin1')
  expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1)
})

test('by keyboard alone a check is reached and opened', async (context) => {
  const page = await openedPage(browser, context)
  await page.goto(`${address('index.html')}#statefulset/ordered-startup`)
  const summary = page.locator(`${started} summary`)
  for (let tabs = 0; tabs < 8 && !(await summary.evaluate((element) => element === element.ownerDocument.activeElement)); tabs++)
    await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await page.locator(`${started} .judgements`).isVisible()).toBe(true)
})

test.for(['index.html', 'timelines.html'])(
  '%s has one main part, lists its contents by name, and skips no level of headings',
  async (file, context) => {
    const page = await openedPage(browser, context)
    await page.goto(address(file))
    expect(await page.locator('main').count()).toBe(1)
    expect(await page.locator('nav:not([aria-label])').count()).toBe(0)
    expect(await page.locator('h1').count()).toBe(1)
    const levels = await page.locator('h1, h2, h3, h4, h5').evaluateAll((all) => all.map(({ tagName }) => Number(tagName.slice(1))))
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([])
  },
)

test.for(['light', 'dark'] as const)('in a %s window every coloured word of both pages can be read', async (colorScheme, context) => {
  const page = await openedPage(browser, context, { colorScheme })
  for (const file of ['index.html', 'timelines.html']) {
    await page.goto(address(file))
    const contrasts = await contrastsIn(page, '.tone, .badge, .quiet, a:not(svg a), dt, small, kbd, summary, thead th')
    expect(contrasts.length).toBeGreaterThan(30)
    expect(contrasts.filter(({ contrast }) => contrast < 4.5)).toEqual([])
  }
})

test('by keyboard alone the contents and the filter are reached, in this order, and the filter narrows', async (context) => {
  const page = await openedPage(browser, context, { javaScriptEnabled: true })
  await page.goto(address('index.html'))
  const reached = async (selector: string) => {
    for (let tabs = 0; tabs < 60; tabs++) {
      if ((await page.evaluate(`document.activeElement.matches('${selector}')`)) === true) return true
      await page.keyboard.press('Tab')
    }
    return false
  }
  expect(await reached('nav[aria-label="Contents"] a[href="#statements"]')).toBe(true)
  await page.keyboard.press('Enter')
  expect(await reached('#filter select[name="level"]')).toBe(true)
  await page.keyboard.press('End')
  expect(await left(page)).toEqual(['snapshot.later'])
})
