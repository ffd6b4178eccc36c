import { expect, test } from 'vitest'
import { markupText } from '../markup.ts'
import { controlsHtml } from './overview.ts'

test('the page says of each mutant whether it was noticed, and why nothing can notice one', () => {
  const row = { ...{ mutant: 'm', guarantee: 'a/b', verdict: 'Passed' as const, reason: '', effect: 'reached' }, killed: false }
  const html = markupText(
    controlsHtml([
      row,
      { ...row, mutant: 'alike', equivalent: 'It is the same.' },
      { ...row, mutant: 'noticed', verdict: 'Failed', killed: true },
    ]),
  )
  expect(html).toContain('1 of 2 failed, as they must. 1 more cannot be told from what is not broken.')
  const rows = [...html.matchAll(/<tr><td>(.+?)<\/td><td>(.+?)<\/td>.*?<td>([^<]*)<\/td><\/tr>/g)].map(([, badge = '', ...rest]) => [
    badge.replaceAll(/<.+?>/g, ''),
    ...rest,
  ])
  expect(rows).toEqual([
    ['not noticed', 'm', 'Passed: '],
    ['equivalent', 'alike', 'It is the same.'],
    ['noticed', 'noticed', 'Failed: '],
  ])
})
