import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, type TestContext } from 'vitest'

const names = ['chromium', 'chromium-browser', 'google-chrome']
const executablePath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((directory) => names.map((name) => join(directory, name)))
  .find((path) => existsSync(path))

/** Whether there is a browser on the `PATH`. */
export const hasBrowser: boolean = executablePath !== undefined

/** Milliseconds: a browser takes its time on a busy machine. */
export const startsWithin = 60_000

/** Opens a page in a window of 1280 pixels or as told, without scripts. Skips the test where there is no browser; CI must have one. */
export type Opened = (context: TestContext, options?: BrowserContextOptions) => Promise<Page>

/** A browser for the tests of a file, from before the first of them until after the last. */
export function browserOfTests(): Opened {
  let browser: Browser | undefined
  beforeAll(async () => {
    if (executablePath !== undefined) browser = await chromium.launch({ executablePath, timeout: startsWithin })
  }, startsWithin)
  afterAll(async () => browser?.close(), startsWithin)
  return async ({ skip }, options = {}) => {
    if (browser === undefined) {
      if (process.env['CI'] !== undefined) throw new Error('No Chromium is on the PATH. Install it: apt-get install chromium.')
      return skip('No Chromium is on the PATH: apt-get install chromium.')
    }
    const context = await browser.newContext({ javaScriptEnabled: false, ...options })
    return context.newPage()
  }
}

/** Width of the window and of what is in it, in pixels, with all open that is folded. */
export async function widths(page: Page): Promise<unknown> {
  await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true`)
  return page.evaluate('[window.innerWidth, document.documentElement.scrollWidth]')
}

/** How well each coloured word of a page can be read. */
export async function contrastsIn(page: Page): Promise<readonly { readonly pair: readonly [string, string]; readonly contrast: number }[]> {
  const colours = await page.evaluate<(readonly [string, string])[]>(coloursInPage)
  return colours.map((pair) => {
    const [less = 0, more = 0] = pair.map(luminance).toSorted((one, other) => one - other)
    return { pair, contrast: (more + 0.05) / (less + 0.05) }
  })
}

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
