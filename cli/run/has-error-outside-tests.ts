import type { Results } from '../../reports/model/guarantee-files.ts'

/** How Vitest ended: its exit code, or null when a signal ended it. */
export type VitestEnding = number | null

/**
 * Whether something broke outside of guarantees: Vitest ended badly, and no guarantee that did not come out well explains it.
 */
export function hasErrorOutsideTests(ending: VitestEnding, { results, errorsOutsideTests }: Results): boolean {
  if (ending === 0) return false
  return ending !== 1 || errorsOutsideTests.length > 0 || !results.some(({ state }) => state === 'failed')
}
