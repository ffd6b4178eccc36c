import { ruleOf, type RightsRule } from '../../contract/rights.ts'

const lookingAround = [
  'cluster selfsubjectaccessreviews.authorization.k8s.io: create',
  'cluster nodes: list',
  'cluster storageclasses.storage.k8s.io: list',
]
const lookingForSnapshots = ['cluster volumesnapshotclasses.snapshot.storage.k8s.io: list']

/** What it takes to see what a cluster offers. */
export function rightsToLook({ snapshots }: { readonly snapshots: boolean }): readonly RightsRule[] {
  return [...lookingAround, ...(snapshots ? lookingForSnapshots : [])].map(ruleOf)
}

/** What it takes to run a Pod on the nodes before the first guarantee, and to find the namespaces that dead runs left. */
export const rightsToTry: readonly RightsRule[] = [
  'cluster namespaces: create delete get list',
  'own events: list',
  'own pods: create list',
  'own serviceaccounts: get',
].map(ruleOf)

/** What it takes to keep other runs away. Without these a run says so and goes on. */
export const rightsToLease: readonly RightsRule[] = [
  'namespace/kube-system leases.coordination.k8s.io: create',
  'namespace/kube-system leases.coordination.k8s.io holdfast: delete get update',
].map(ruleOf)

/** All that Holdfast itself asks of a cluster that it did not create, besides what its guarantees do. */
export function rightsOfItsOwn(options: { readonly snapshots: boolean }): readonly RightsRule[] {
  return [...rightsToLook(options), ...rightsToTry, ...rightsToLease]
}
