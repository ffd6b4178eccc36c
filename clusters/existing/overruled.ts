import type { Feature } from '../../contract/cluster-record.ts'
import type { FeatureEvidence } from '../../contract/platform.ts'

/** Features that the user says a cluster has, and those that it lacks. */
interface Said {
  readonly declared: readonly Feature[]
  readonly undeclared: readonly Feature[]
}

/** What somebody says of a feature counts more than what was seen; what was seen stays in the evidence. */
export function overruled(shown: FeatureEvidence, { declared, undeclared }: Said): FeatureEvidence {
  const by = undeclared.includes(shown.feature) ? '--undeclare' : declared.includes(shown.feature) ? '--declare' : undefined
  if (by === undefined) return shown
  const isThere = by === '--declare'
  const agrees = isThere === shown.isThere
  return { ...shown, isThere, by, seen: `named with ${by}${agrees ? '' : `, although ${shown.seen}`}` }
}
