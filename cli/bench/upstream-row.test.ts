import { expect, test } from 'vitest'
import { readCatalogue } from '../catalogue/guarantee-catalogue.ts'
import { projectRoot } from '../shell/project-root.ts'
import { focusOf, ranSpecs, upstreamRow } from './upstream-row.ts'

test('the guarantees that are compared with upstream are there', () => {
  const known = new Set<string>(readCatalogue(projectRoot).flatMap(({ guarantees }) => guarantees.map(({ id }) => id)))
  expect(upstreamRow.flatMap(({ ours }) => ours).filter((id) => !known.has(id))).toEqual([])
})

test('a spec is picked by its whole name, and none of which it is the beginning', () => {
  const focus = new RegExp(focusOf(upstreamRow.map(({ spec }) => spec)), 'u')
  const canary = 'should perform canary updates and phased rolling updates of template modifications'
  expect(focus.test(`[sig-apps] StatefulSet Basic StatefulSet functionality [StatefulSetBasic] ${canary} [Conformance]`)).toBe(true)
  expect(focus.test(`[sig-apps] StatefulSet Basic StatefulSet functionality [StatefulSetBasic] ${canary} for partiton1`)).toBe(false)
  expect(focus.test(`[sig-apps] Deployment ${canary} [Conformance]`)).toBe(false)
})

test('what Ginkgo ran is read from its last lines, in colours too', () => {
  const output =
    '…\n\u{1B}[1mRan 4 of 7421 Specs in 312.870 seconds\u{1B}[0m\n\u{1B}[38;5;9mFAIL!\u{1B}[0m -- \u{1B}[38;5;10m3 Passed\u{1B}[0m | 1 Failed | 0 Pending | 7417 Skipped\n'
  expect(ranSpecs(output)).toEqual({ ran: 4, passed: 3 })
  expect(() => ranSpecs('panic: no')).toThrow('did not say')
})
