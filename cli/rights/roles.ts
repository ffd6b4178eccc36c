import { grantable, type RightsRule, type RightScope } from '../../contract/rights.ts'

const group = 'rbac.authorization.k8s.io'

/** Who is to have rights. */
export type Subject =
  | { readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string }
  | { readonly kind: 'User' | 'Group'; readonly name: string }

/** A rule of a Role, as Kubernetes has it. */
export interface PolicyRule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly verbs: readonly string[]
}

/**
 * Objects that give a subject these rights and no others: a ClusterRole for what is outside namespaces and in those that Holdfast makes, a
 * Role for each namespace that is there, and what binds them; the ServiceAccount, where that is the subject.
 */
export function rolesFor(
  rules: readonly RightsRule[],
  { name, subject }: { readonly name: string; readonly subject: Subject },
): readonly object[] {
  const { kind, name: who } = subject
  const account =
    subject.kind === 'ServiceAccount' ? [{ apiVersion: 'v1', kind, metadata: { name: who, namespace: subject.namespace } }] : []
  const subjects = [subject.kind === 'ServiceAccount' ? subject : { apiGroup: group, kind, name: who }]
  const byScope = [...Map.groupBy(grantable(rules), ({ scope }) => scope)]
  const roles = byScope.flatMap(([scope, inScope]) => {
    const [prefix, metadata] = scope === 'cluster' ? ['Cluster', { name }] : ['', { name, namespace: namespaceOf(scope) }]
    const role = { apiVersion: `${group}/v1`, kind: `${prefix}Role`, metadata, rules: policyRules(inScope) }
    const roleRef = { apiGroup: group, kind: role.kind, name }
    return [role, { apiVersion: `${group}/v1`, kind: `${prefix}RoleBinding`, metadata, roleRef, subjects }]
  })
  return [...account, ...roles]
}

function namespaceOf(scope: RightScope): string {
  return scope.slice('namespace/'.length)
}

/** Resources of one group with the same verbs share a rule. */
function policyRules(rules: readonly RightsRule[]): readonly PolicyRule[] {
  const alike = Map.groupBy(rules, (rule) => JSON.stringify([rule.group, rule.name, rule.verbs]))
  return [...alike.values()].flatMap((some) => {
    const [first] = some
    if (first === undefined) return []
    const resources = some.map(({ resource, subresource }) => (subresource === undefined ? resource : `${resource}/${subresource}`))
    const names = first.name === undefined ? {} : { resourceNames: [first.name] }
    return [{ apiGroups: [first.group], resources, ...names, verbs: first.verbs }]
  })
}

/** What a right gives beyond its words, by `<verb> <resource>`, for whoever is to grant it. */
const farReaching: Readonly<Record<string, string>> = {
  'impersonate serviceaccounts': 'act as any ServiceAccount of any namespace',
  'delete namespaces': 'delete any namespace with all that is in it',
  'delete persistentvolumes': 'delete any volume',
  'deletecollection pods': 'delete the Pods of any namespace',
  'deletecollection persistentvolumeclaims': 'delete the PVCs of any namespace',
  'deletecollection volumesnapshots': 'delete the VolumeSnapshots of any namespace',
  'deletecollection volumegroupsnapshots': 'delete the VolumeGroupSnapshots of any namespace',
  'create pods/exec': 'run commands in the Pods of all namespaces',
  'get secrets': 'read the Secrets of all namespaces',
  'list secrets': 'read the Secrets of all namespaces',
  'create persistentvolumes': 'make volumes of any kind, host paths included',
}

/**
 * Rights among these that give more than Holdfast uses, each with what it allows: RBAC knows no namespaces by the beginning of their names.
 */
export function farReachingRights(rules: readonly RightsRule[]): readonly { readonly right: string; readonly allows: string }[] {
  return grantable(rules).flatMap(({ verbs, resource, subresource, scope }) =>
    verbs.flatMap((verb) => {
      const right = `${verb} ${subresource === undefined ? resource : `${resource}/${subresource}`}`
      const allows = scope === 'cluster' ? farReaching[right] : undefined
      return allows === undefined ? [] : [{ right, allows }]
    }),
  )
}
