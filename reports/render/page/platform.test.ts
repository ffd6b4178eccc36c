import { expect, test } from 'vitest'
import { markupText } from '../markup.ts'
import { platformHtml } from './platform.ts'

test('a feature stands with what was seen and how long it took to try', () => {
  const html = platformHtml({
    evidence: [
      { feature: 'ReadWriteMany', isThere: false, by: 'probe', seen: 'a volume did not come within 30 s: <not supported>', seconds: 30.2 },
      { feature: 'BlockVolumes', isThere: true, by: '--declare', seen: 'named with --declare' },
    ],
    sizes: { smallest: '1Gi', step: '1Gi', from: 'a request of 320Mi got 1Gi, one of a byte more than that got 2Gi' },
    times: { bind: { seconds: 2.4, kind: 'measured', from: 'a probe' } },
    probeSeconds: 48,
  })
  const text = html === undefined ? '' : markupText(html)
  expect(text).toContain('<td>ReadWriteMany</td><td>no</td><td>tried</td>\n<td>a volume did not come within 30 s: &lt;not supported')
  expect(text).toContain('<td class="number">30.2 s</td>')
  expect(text).toContain('<td>BlockVolumes</td><td>yes</td><td>declared</td>')
  expect(text).toContain('smallest 1Gi, in steps of 1Gi: a request of 320Mi got 1Gi')
  expect(text).toContain('2.4 s, measured by a probe')
})

test('a cluster of ours has no such section', () => {
  expect(platformHtml({ times: {} })).toBeUndefined()
})
