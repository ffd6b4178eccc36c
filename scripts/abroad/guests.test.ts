import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { foreignKubeconfig, serverOf } from './kubeconfigs.ts'
import { rolesIn, withoutRight } from './roles.ts'

const printed = `# What 1 guarantee needs.
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: holdfast }
rules:
  - { apiGroups: [''], resources: [pods, persistentvolumeclaims], verbs: [create, list] }
  - { apiGroups: [''], resources: [events], verbs: [list] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: holdfast }
`

test('one right is taken from the roles that are printed, and no other', () => {
  const [role, binding] = withoutRight(rolesIn(printed), { verb: 'create', resource: 'persistentvolumeclaims' })
  expect(role?.rules).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['create', 'list'] },
    { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['list'] },
    { apiGroups: [''], resources: ['events'], verbs: ['list'] },
  ])
  expect(binding?.kind).toBe('ClusterRoleBinding')
})

test('a rule that allows nothing else goes, and a right that nobody has cannot be taken', () => {
  const [role] = withoutRight(rolesIn(printed), { verb: 'list', resource: 'events' })
  expect(role?.rules).toHaveLength(1)
  expect(() => withoutRight(rolesIn(printed), { verb: 'delete', resource: 'events' })).toThrow('No role has the right to delete events.')
})

const admins = stringify({
  clusters: [{ name: 'kind-a', cluster: { server: 'https://127.0.0.1:4001', 'certificate-authority-data': 'Y2E=' } }],
  users: [{ name: 'kind-a', user: { 'client-key-data': 'a2V5' } }],
  contexts: [{ name: 'kind-a', context: { cluster: 'kind-a', user: 'kind-a' } }],
  'current-context': 'kind-a',
})

test('a guest has another address of the same cluster, and no credentials of the administrator', () => {
  expect(serverOf(admins)).toBe('https://127.0.0.1:4001')
  const given = { server: 'https://127.0.0.1:5001', user: { token: 'abc' } }
  const text = foreignKubeconfig(admins, given)
  expect(text).not.toMatch(/kind-a|a2V5/)
  const { clusters, users, contexts, 'current-context': current } = parse(text)
  expect(clusters).toEqual([{ name: 'abroad', cluster: { server: given.server, 'certificate-authority-data': 'Y2E=' } }])
  expect(users).toEqual([{ name: 'guest', user: { token: 'abc' } }])
  expect(contexts).toEqual([{ name: current, context: { cluster: 'abroad', user: 'guest' } }])
})

test('an administrator keeps the certificate, and may go by a proxy', () => {
  const { clusters, users } = parse(foreignKubeconfig(admins, { server: 'https://127.0.0.1:4001', proxy: 'http://127.0.0.1:3128' }))
  expect(clusters[0].cluster).toMatchObject({ server: 'https://127.0.0.1:4001', 'proxy-url': 'http://127.0.0.1:3128' })
  expect(users[0].user).toEqual({ 'client-key-data': 'a2V5' })
})
