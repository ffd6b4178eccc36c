import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { TestContext } from 'vitest'
import { pathOf, skipWithout } from './needed-program.ts'

const executablePath = pathOf('chromium', 'chromium-browser', 'google-chrome')

/** Milliseconds: a browser takes its time on a busy machine. */
export const startsWithin = 60_000

/** The browser of this machine; undefined where there is none. */
export async function launchBrowser(): Promise<Browser | undefined> {
  return executablePath === undefined ? undefined : chromium.launch({ executablePath, timeout: startsWithin })
}

/**
 * A page in a window of 1280 pixels or as told, without scripts unless told. Skips the test where there is no browser; CI must have one.
 */
export async function openedPage(
  browser: Browser | undefined,
  test: Pick<TestContext, 'skip'>,
  options: BrowserContextOptions = {},
): Promise<Page> {
  if (browser === undefined) return skipWithout('chromium', test)
  const context = await browser.newContext({ javaScriptEnabled: false, ...options })
  return context.newPage()
}

/** A window of a phone. */
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const

/** Widths in pixels of the window, and of what is in it. */
export const widthsInPage = '[window.innerWidth, document.documentElement.scrollWidth]'

/** The colours of a word and of what it stands on, and their contrast as WCAG defines it. */
export interface Contrast {
  readonly pair: readonly [string, string]
  readonly contrast: number
}

/** The contrast of each element that a selector finds in the page. */
export async function contrastsIn(page: Page, selector: string): Promise<readonly Contrast[]> {
  const colours = await page.evaluate<(readonly [string, string])[]>(`[...document.querySelectorAll('${selector}')].map((element) => {
  let ground = element
  while (ground.parentElement !== null && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement
  return [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor]
})`)
  return colours.map((pair) => {
    const [less = 0, more = 0] = pair.map(luminance).toSorted((one, other) => one - other)
    return { pair, contrast: (more + 0.05) / (less + 0.05) }
  })
}

/** Relative luminance of a colour as WCAG defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const value = Number(part) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
