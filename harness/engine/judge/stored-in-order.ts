import type { Judgement } from './check.ts'
import type { Observation } from '../history/history-entry.ts'
import { violated } from './judgement.ts'

/**
 * Judges that one object was stored before another one, of whatever kinds. Two kinds come by two watches: resourceVersions, which the API
 * server counts for all kinds together, say which came first.
 */
export function storedInOrder(earlier: Observation, later: Observation, summary: string): Judgement {
  const versions = [earlier, later].map(({ object }) => object.metadata.resourceVersion)
  const [one = '', other = ''] = versions
  if (BigInt(one) < BigInt(other)) return { outcome: 'upheld', evaluated: versions.length }
  return violated(summary, {
    expected: `${earlier.kind}, then ${later.kind}`,
    actual: `${earlier.kind} at resourceVersion ${one}, ${later.kind} at ${other}`,
    entries: [earlier, later],
  })
}
