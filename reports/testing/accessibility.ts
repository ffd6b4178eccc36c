import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

/** What axe-core finds in a page, a line for each rule with the first element that breaks it. The page must be opened with scripts. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // As code of the test and not of the page, whose policy allows none but its own.
  const { violations } = await page.evaluate<AxeResult>(`${axe}; axe.run()`)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.length} ${nodes[0]?.html.slice(0, 200)}`)
}
