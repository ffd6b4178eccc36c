import { expect, test } from 'vitest'
import { ruleOf } from '../../contract/rights.ts'
import { farReachingRights, rolesFor } from './roles.ts'

const rules = [
  'cluster pods: list',
  'cluster storageclasses.storage.k8s.io: list',
  'namespace/kube-system leases.coordination.k8s.io: create',
  'namespace/kube-system leases.coordination.k8s.io holdfast: get update',
  'own pods: create',
  'own pods/exec: create get',
  'own services: create list',
].map(ruleOf)
const apiVersion = 'rbac.authorization.k8s.io/v1'
const apiGroup = 'rbac.authorization.k8s.io'

test('what is outside namespaces or in those of Holdfast is a ClusterRole, what is in another a Role; both are bound', () => {
  const subject = { kind: 'ServiceAccount', namespace: 'ci', name: 'robot' } as const
  const roleIn = { name: 'storage', namespace: 'kube-system' }
  expect(rolesFor(rules, { name: 'storage', subject })).toEqual([
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot', namespace: 'ci' } },
    {
      apiVersion,
      kind: 'ClusterRole',
      metadata: { name: 'storage' },
      rules: [
        { apiGroups: [''], resources: ['pods', 'services'], verbs: ['create', 'list'] },
        { apiGroups: [''], resources: ['pods/exec'], verbs: ['create', 'get'] },
        { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: ['list'] },
      ],
    },
    {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'storage' },
      roleRef: { apiGroup, kind: 'ClusterRole', name: 'storage' },
      subjects: [subject],
    },
    {
      apiVersion,
      kind: 'Role',
      metadata: roleIn,
      rules: [
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['holdfast'], verbs: ['get', 'update'] },
      ],
    },
    { apiVersion, kind: 'RoleBinding', metadata: roleIn, roleRef: { apiGroup, kind: 'Role', name: 'storage' }, subjects: [subject] },
  ])
})

test('a user is bound without being made', () => {
  const made = rolesFor(rules, { name: 'storage', subject: { kind: 'User', name: 'jane' } }) as readonly { readonly kind: string }[]
  expect(made.map(({ kind }) => kind)).toEqual(['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'])
  expect(made[1]).toMatchObject({ subjects: [{ apiGroup, kind: 'User', name: 'jane' }] })
})

test('what reaches further than Holdfast does is named', () => {
  expect(farReachingRights(rules)).toEqual([{ right: 'create pods/exec', allows: 'run commands in the Pods of all namespaces' }])
  expect(farReachingRights([ruleOf('namespace/velero secrets: get')])).toEqual([])
})
