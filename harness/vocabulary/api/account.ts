const rbac = 'rbac.authorization.k8s.io'

/** What an account may do, in the words of a Role. */
export interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

/** A ServiceAccount, a Role with just these rules, and what binds the two. */
export function accountWith(name: string, ...rules: readonly Rule[]) {
  const metadata = { name }
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name }],
    },
  ] as const
}
