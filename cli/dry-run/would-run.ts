import { declarableFeatures } from '../../clusters/features/declarable-features.ts'
import { neverOffered } from '../../clusters/existing/never-offered.ts'
import { isUntried, untried } from '../../clusters/existing/untried.ts'
import { profileFeatures } from '../../clusters/profiles/profile-features.ts'
import type { ClusterRecord, Feature } from '../../contract/cluster-record.ts'
import type { Level } from '../../harness/engine/guarantee.ts'
import type { RunPlan } from '../plan/run-plan.ts'

/** A feature, whether a cluster offers it, and how that is known. */
export interface FoundFeature {
  readonly feature: Feature
  readonly offered: boolean
  /** Only a run finds out. */
  readonly untried?: true
  readonly how: string
}

/** A guarantee, and why it would not run where it would not. */
export interface PlannedGuarantee {
  readonly id: string
  readonly level: Level
  readonly outcome: 'runs' | 'untried' | 'NotSupported' | 'not selected'
  readonly why?: string
  /** It stops nodes or parts of the cluster, and so runs alone. */
  readonly disruptive?: true
}

/** How it is known which features a cluster has. */
export interface FeatureSource {
  readonly features: readonly Feature[]
  readonly lacking?: ClusterRecord['lacking']
  readonly howOffered: (feature: Feature) => string
  readonly howLacking: (feature: Feature) => string
}

/** Every feature that Holdfast knows, as one cluster has it. */
export function foundFeatures({ features, lacking = {}, howOffered, howLacking }: FeatureSource): readonly FoundFeature[] {
  const known = new Set<Feature>([...profileFeatures.velero, ...features])
  return [...known].map((feature) => {
    const offered = features.includes(feature)
    if (offered) return { feature, offered, how: howOffered(feature) }
    const how = lacking[feature] ?? howLacking(feature)
    return { feature, offered, ...(isUntried(how) && { untried: true as const }), how }
  })
}

const declarable: readonly Feature[] = declarableFeatures

/** What is said of a feature that a cluster lacks which Holdfast did not create. */
export function lackingElsewhere(feature: Feature): string {
  if (neverOffered.includes(feature)) return 'only clusters that Holdfast created offer it'
  return declarable.includes(feature) ? untried.driver : 'not looked for on such a cluster'
}

/** Every guarantee of a plan: whether it would run, would run where the run finds what it needs, is not supported, or was not selected. */
export function plannedGuarantees({ guarantees, skipped }: Pick<RunPlan, 'guarantees' | 'skipped'>, features: readonly FoundFeature[]) {
  const lacking = new Map(features.flatMap(({ feature, offered, how }) => (offered ? [] : [[feature, how] as const])))
  const onlyTried = new Set(features.flatMap((one) => (one.untried === true ? [one.feature] : [])))
  const selected = guarantees.map(({ id, level, requires, disruptive }): PlannedGuarantee => {
    const missing = requires.filter((feature) => lacking.has(feature))
    const alone = disruptive === true ? ({ disruptive } as const) : {}
    if (missing.length === 0) return { id, level, outcome: 'runs', ...alone }
    if (missing.every((feature) => onlyTried.has(feature))) return { id, level, outcome: 'untried', why: missing.join(', '), ...alone }
    const why = `the cluster lacks ${missing.map((feature) => `${feature} (${lacking.get(feature) ?? ''})`).join(', ')}`
    return { id, level, outcome: 'NotSupported', why, ...alone }
  })
  const left = skipped.map(({ guarantee: { id, level }, why }): PlannedGuarantee => ({ id, level, outcome: 'not selected', why }))
  return [...selected, ...left]
}
