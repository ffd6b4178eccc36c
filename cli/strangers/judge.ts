import { neverOffered } from '../../clusters/existing/never-offered.ts'
import { imageFeatures } from '../../clusters/images/application-images.ts'
import type { Stranger } from '../../clusters/strangers/stranger.ts'
import type { ConformanceReport, GuaranteeResult } from '../../reports/model/conformance-report.ts'

/** What must be true of a stranger. */
export type Expected = Pick<Stranger, 'lacks' | 'fails'>

/** What of a report is compared. */
export type JudgedReport = Pick<ConformanceReport, 'guarantees'> & {
  readonly cluster: Pick<ConformanceReport['cluster'], 'platform'>
}

/**
 * How a report differs from what a stranger must come to, a sentence for each difference; none where all is as reviewed. A guarantee of the
 * list that was not selected is no difference.
 */
export function differencesOf({ guarantees, cluster }: JudgedReport, expected: Expected): readonly string[] {
  const passed = guarantees.filter(({ verdict }) => verdict === 'Passed').length
  return [
    ...(passed === 0 ? ['No guarantee Passed.'] : []),
    ...guarantees.flatMap((one) => differenceOf(one, expected) ?? []),
    ...featureDifferences(cluster.platform, expected),
  ]
}

function differenceOf(one: GuaranteeResult, { fails }: Expected): string | undefined {
  const { id, verdict } = one
  const known = fails[id]
  const summary = one.reasons[0]?.summary ?? 'for no reason'
  if (known !== undefined && verdict !== 'Failed') return `${id} is ${verdict}, not Failed as it must be: ${known.because} (${summary})`
  switch (verdict) {
    case 'Passed':
      return undefined
    case 'Failed':
      if (known === undefined) return `${id} is Failed, which nobody expects: ${summary}`
      return allWords(one).includes(known.says) ? undefined : `${id} is Failed, but its reason does not say "${known.says}": ${summary}`
    case 'Inconclusive':
      return `${id} is Inconclusive: ${summary}`
    case 'NotSupported':
      return isShown(summary) ? undefined : `${id} is NotSupported without evidence: ${summary}`
  }
}

function allWords({ reasons }: GuaranteeResult): string {
  return reasons.flatMap(({ summary, expected = '', actual = '' }) => [summary, expected, actual]).join('\n')
}

/** Whether a guarantee that is not supported says what was seen, or needs what no cluster has that Holdfast did not create. */
function isShown(summary: string): boolean {
  return (
    /lacks .*\w \(.+\)|does not apply to cluster \S+: ./s.test(summary) ||
    neverOffered.some((feature) => summary.includes(`lacks ${feature}`))
  )
}

function featureDifferences(platform: JudgedReport['cluster']['platform'], { lacks }: Expected): readonly string[] {
  if (platform?.evidence === undefined) return ['The report does not say how features are known.']
  const { evidence } = platform
  return [
    ...evidence
      // Which images nodes get depends on registries, and is no property of storage.
      .filter(({ feature, isThere }) => !isThere && lacks[feature] === undefined && !imageFeatures.some((each) => each === feature))
      .map(({ feature, by, seen }) => `${feature} counts as lacking, which nobody expects: ${seen} (by ${by})`),
    ...Object.entries(lacks).flatMap(([feature, why]) => {
      const found = evidence.find((each) => each.feature === feature)
      if (found?.isThere === false) return []
      return [`${feature} counts as ${found === undefined ? 'unknown' : `there (${found.seen})`}, not as lacking: ${why}`]
    }),
  ]
}
