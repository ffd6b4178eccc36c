import type { ClusterRecord, ImageRecord } from '../../contract/cluster-record.ts'
import type { FeatureEvidence } from '../../contract/platform.ts'
import { type ApplicationName, imageFeatures, imagesOfFeature, type ImageFeature } from '../images/application-images.ts'
import { onlyOfficial } from './application-trials.ts'
import type { Outcome } from './try-images.ts'

/** What trying the image of an application showed. */
export interface ImageOutcome {
  readonly name: ApplicationName
  readonly record: ImageRecord
  readonly outcome: Outcome
}

/** What the images show of features. A feature of which no image was tried is lacking. */
export function shownByImages(
  features: readonly ImageFeature[],
  { outcomes, nodes }: { readonly outcomes: readonly ImageOutcome[]; readonly nodes: readonly string[] },
): readonly FeatureEvidence[] {
  const found = new Map(outcomes.map((each) => [each.name, each]))
  const where = nodes.join(', ')
  return features.map((feature): FeatureEvidence => {
    const own = imagesOfFeature[feature].flatMap((name) => found.get(name) ?? [])
    const problem = own.map(({ outcome }) => outcome).find((outcome) => 'what' in outcome)
    const shown = (isThere: boolean, seen: string): FeatureEvidence => ({ feature, isThere, by: 'probe', seen })
    if (own.length === 0) return shown(false, 'its image comes from a public registry only, and holdfast.yaml says offline')
    if (problem !== undefined) return shown(false, problem.what)
    const said = own.map(({ record, outcome }) => ({ image: record.reference, says: 'what' in outcome ? '' : outcome.said }))
    const [first, next] = said
    const runs = said.map(({ image, says }) => `${image} runs on ${where}${says === '' ? '' : ` (${firstLine(says)})`}`).join(', ')
    if (feature === 'OfficialPostgresImage' && first?.says.includes(onlyOfficial) !== true)
      return shown(false, `${first?.image ?? ''} is not the official image of PostgreSQL: it has no ${onlyOfficial}`)
    if (feature === 'NextPostgreSQL' && first && next && !(majorOf(next.says) > majorOf(first.says)))
      return shown(
        false,
        `${next.image} has no later major version of PostgreSQL than ${first.image} (${firstLine(next.says)}; ${firstLine(first.says)})`,
      )
    return shown(true, runs)
  })
}

const notTried = 'its image is not tried: no guarantee that could run needs it'

/** A description of a platform with what images showed. What no image was tried for is lacking too, and that is said. */
export function withImages<Part extends Pick<ClusterRecord, 'features' | 'lacking' | 'platform'>>(
  part: Part,
  evidence: readonly FeatureEvidence[],
): Part {
  const there = evidence.flatMap(({ feature, isThere }) => (isThere ? [feature] : []))
  const seenOf = new Map(evidence.map(({ feature, seen }) => [feature, seen]))
  const lacking = imageFeatures.flatMap((feature) => (there.includes(feature) ? [] : [[feature, seenOf.get(feature) ?? notTried] as const]))
  return {
    ...part,
    features: [...part.features, ...there],
    lacking: { ...part.lacking, ...Object.fromEntries(lacking) },
    ...(evidence.length > 0 && { platform: { ...part.platform, evidence: [...(part.platform?.evidence ?? []), ...evidence] } }),
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text
}

function majorOf(says: string): number {
  return Number(/PostgreSQL\) (\d+)/.exec(says)?.[1])
}
