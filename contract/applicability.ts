import type { ClusterRecord, Feature } from './cluster-record.ts'

/** From which Kubernetes something holds, and behind which feature gate. */
export interface Applicability {
  /** The minor from which it holds on a cluster that sets no feature gate, such as `1.34`. */
  readonly since?: string | undefined
  /** A feature gate without which it does not hold. */
  readonly gate?: string | undefined
}

/** Features that depend on the version or a gate of Kubernetes, by the feature gates of its source. */
export const featureNeeds: Readonly<Partial<Record<Feature, Applicability>>> = {
  VolumeAttributes: { since: '1.34', gate: 'VolumeAttributesClass' },
  RecursiveReadOnlyMounts: { since: '1.31', gate: 'RecursiveReadOnlyMounts' },
}

/** What is known of the Kubernetes of a cluster. */
export type KnownKubernetes = Pick<ClusterRecord, 'versions' | 'featureGates'>

/**
 * Why something does not apply to a cluster, as the end of a sentence; undefined when it does, and when nothing is known to the contrary. A
 * gate that is on makes it apply to an older version too.
 */
export function whyNotApplicable({ since, gate }: Applicability, { versions, featureGates }: KnownKubernetes): string | undefined {
  const isOn = gate === undefined ? undefined : featureGates?.[gate]
  if (isOn === true) return undefined
  const { kubernetes } = versions
  if (since !== undefined && kubernetes !== undefined && isOlder(kubernetes, since)) {
    const more = isOn === false ? ` or the feature gate ${gate}, which is off` : ''
    return `it needs Kubernetes ${since}${more}, and this is ${kubernetes}`
  }
  return isOn === false ? `it needs the feature gate ${gate}, which is off` : undefined
}

function isOlder(version: string, minor: string): boolean {
  const [found, wanted] = [version, minor].map((text) => Number(/^v?1\.(\d+)/.exec(text)?.[1]))
  return found !== undefined && wanted !== undefined && found < wanted
}

/** A record without the features that the version or the gates of the cluster rule out, and why it lacks them. */
export function withoutInapplicable<Described extends Pick<ClusterRecord, 'features' | 'lacking' | 'versions' | 'featureGates'>>(
  record: Described,
): Described {
  const ruledOut = record.features.flatMap((feature) => {
    const why = whyNotApplicable(featureNeeds[feature] ?? {}, record)
    return why === undefined ? [] : [[feature, why] as const]
  })
  if (ruledOut.length === 0) return record
  const names = ruledOut.map(([feature]) => feature)
  return {
    ...record,
    features: record.features.filter((feature) => !names.includes(feature)),
    lacking: { ...record.lacking, ...Object.fromEntries(ruledOut) },
  }
}

/** What a cluster lacks of features, each with why that is known, as a sentence. */
export function lackingSentence({ name, lacking = {} }: Pick<ClusterRecord, 'name' | 'lacking'>, lacks: readonly string[]): string {
  const whys: Readonly<Record<string, string | undefined>> = lacking
  const described = lacks.map((feature) => {
    const why = whys[feature]
    // Some causes are whole sentences.
    return why === undefined ? feature : `${feature} (${why.replace(/\.$/, '')})`
  })
  return `Cluster ${name} lacks ${described.join(', ')}.`
}
