/** A StatefulSet as far as its Pods are concerned. */
interface SetOfPods {
  readonly spec: { readonly selector: object; readonly template: { readonly spec: object } }
}

/** The same StatefulSet with Pods that are not scheduled unless each zone has as many of them as another, give or take one. */
export function spreadOverZones<Set extends SetOfPods>(set: Set) {
  const { template, selector } = set.spec
  const constraint = { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: selector }
  return { ...set, spec: { ...set.spec, template: { ...template, spec: { ...template.spec, topologySpreadConstraints: [constraint] } } } }
}
