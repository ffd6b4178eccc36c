import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

/** What axe-core finds in a page, a line for each rule with the first element that breaks it. The page must be opened with scripts. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // As code of the test and not of the page, whose policy allows none but its own.
  const { violations } = await page.evaluate<AxeResult>(`${axe.source}; axe.run()`)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.length} ${nodes[0]?.html.slice(0, 200)}`)
}
