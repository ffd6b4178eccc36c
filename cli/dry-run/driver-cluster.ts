import { definedFeatures, type DefinedFeature } from '../../clusters/driver-definition/features.ts'
import type { Installation } from '../../clusters/install/installation.ts'
import { ofOurDriverAlone } from '../../clusters/install/installed-record.ts'
import { untried } from '../../clusters/existing/untried.ts'
import { profileFeatures } from '../../clusters/profiles/profile-features.ts'
import type { Feature } from '../../contract/cluster-record.ts'
import type { SeenCluster } from './seen-cluster.ts'
import { type FoundFeature, foundFeatures } from './would-run.ts'

/** What a cluster of ours has by how it is made, with whatever driver. */
const ofTheCluster: readonly Feature[] = ['MultipleNodes', 'NodeScheduling', 'NodeControl']

/** What a new cluster would be with a driver of the user's: its features are those that the definition of the driver says. */
export function withDriver(seen: SeenCluster, { definition, plan, from, archives, declared, undeclared }: Installation): SeenCluster {
  const { driver, file } = definition
  const objects = plan.stages.flatMap(({ manifests }) => manifests).length
  const installed = from.files.map(({ path }) => path).join(', ')
  return {
    cluster: { ...seen.cluster, profile: 'driver', driver: `${driver}, by ${file}`, 'installed from': installed },
    features: featuresOf(definedFeatures(definition), { declared, undeclared }),
    images: [
      ...seen.images,
      ...plan.images.map(({ reference, archive }) => ({
        name: 'driver',
        reference,
        from: archive === undefined ? 'its registry: the nodes pull it, unless they have it' : `archive ${archive}`,
      })),
    ],
    before: [
      ...seen.before,
      ...archives.map(({ path }) => `images of ${path} in every node`),
      `${objects} objects of ${installed}, and the classes that the definition asks for`,
      ...plan.notes,
      'namespaces hf-preflight-<random> and hf-probe-<random>, in which nodes and driver are tried; removed before the first guarantee',
    ],
  }
}

function featuresOf(
  defined: readonly DefinedFeature[],
  { declared = [], undeclared = [] }: Pick<Installation, 'declared' | 'undeclared'>,
): readonly FoundFeature[] {
  const said = new Map(defined.map(({ feature, seen }) => [feature, seen]))
  const there = [...defined.flatMap(({ feature, isThere }) => (isThere ? [feature] : [])), ...declared, ...ofTheCluster]
  return foundFeatures({
    features: [...new Set(there)].filter((feature) => !undeclared.includes(feature)),
    howOffered(feature) {
      if (declared.includes(feature)) return 'named with --declare'
      return ofTheCluster.includes(feature) ? 'Holdfast creates the cluster' : `by the definition of the driver, ${said.get(feature) ?? ''}`
    },
    howLacking(feature) {
      if (undeclared.includes(feature)) return 'named with --undeclare'
      const why = said.get(feature)
      if (why !== undefined) return `by the definition of the driver, ${why}`
      if (!profileFeatures.default.includes(feature)) return 'clusters of the profile driver lack it'
      return ofOurDriverAlone[feature] ?? untried.installation
    },
  })
}
