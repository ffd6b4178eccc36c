import type { V1Node } from '@kubernetes/client-node'
import type { BindingMode, Feature } from '../../contract/cluster-record.ts'
import type { DriverDefinition } from '../driver-definition/definition.ts'
import { type DefinedFeature, definedFeatures } from '../driver-definition/features.ts'
import { zoneKey } from '../driver-definition/topology.ts'
import { volumeAttributesClasses } from '../profiles/default-profile.ts'
import type { ChosenClasses } from './chosen-classes.ts'

/** Nodes that take Pods of suites, and when the class binds. */
export interface SeenOfCluster {
  readonly nodes: readonly V1Node[]
  readonly bindingMode: BindingMode
}

/** What a definition says of the features, as far as suites can make use of it on this cluster. */
export function definedHere(classes: ChosenClasses, { nodes, bindingMode }: SeenOfCluster): readonly DefinedFeature[] {
  const { definition } = classes
  if (definition === undefined) return []
  const facts = { bindingMode, sharesTopology: shareTopology(nodes, definition) }
  return definedFeatures(definition, facts).map((defined) => {
    if (!defined.isThere) return { ...defined, seen: `by the definition of the driver, ${defined.seen}` }
    const why = whyNotHere(defined.feature, { classes, nodes })
    return why === undefined ? defined : { ...defined, isThere: false, seen: why }
  })
}

/** Whether all nodes have the same value for each topology key: volumes then move between all of them. */
function shareTopology(nodes: readonly V1Node[], { topologyKeys }: DriverDefinition): boolean {
  return topologyKeys.every((key) => {
    const values = nodes.map(({ metadata }) => metadata?.labels?.[key])
    return values[0] !== undefined && values.every((value) => value === values[0])
  })
}

function whyNotHere(
  feature: Feature,
  { classes, nodes }: { readonly classes: ChosenClasses; readonly nodes: readonly V1Node[] },
): string | undefined {
  if (feature === 'VolumeGroupSnapshots' && 'why' in classes.groupSnapshotClass) return classes.groupSnapshotClass.why
  if (feature === 'VolumeAttributes') {
    const missing = volumeAttributesClasses.filter((name) => !classes.volumeAttributesClasses.includes(name))
    if (missing.length > 0) return `suites change volumes between VolumeAttributesClasses that the cluster lacks: ${missing.join(', ')}`
  }
  if (feature !== 'Zones') return undefined
  const zones = new Set(nodes.flatMap(({ metadata }) => metadata?.labels?.[zoneKey] ?? []))
  return zones.size < 2 ? `the nodes that take Pods are not in two zones (${zoneKey})` : undefined
}
