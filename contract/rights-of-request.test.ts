import { expect, test } from 'vitest'
import { rulesOf, ruleText } from './rights.ts'
import { rightsOfRequest, type SentRequest } from './rights-of-request.ts'

const pods = '/api/v1/namespaces/hf-data-1a2b3c/pods'
const apply = 'application/apply-patch+yaml'
const merge = 'application/merge-patch+json'
const rbac = '/apis/rbac.authorization.k8s.io/v1'

test.each<[string, Partial<SentRequest> & { readonly path: string }, readonly string[]]>([
  ['an object', { path: `${pods}/web-0` }, ['own pods: get']],
  ['a list', { path: pods }, ['own pods: list']],
  ['a watch of one object', { path: pods, query: { watch: 'true', fieldSelector: 'metadata.name=web-0' } }, ['own pods: watch']],
  ['a list with its query in the path', { path: `${pods}?labelSelector=app=web` }, ['own pods: list']],
  ['a watch with its query in the path', { path: `${pods}?labelSelector=app=web&watch=true` }, ['own pods: watch']],
  ['a list of all namespaces', { path: '/api/v1/pods' }, ['cluster pods: list']],
  ['a creation', { method: 'POST', path: pods, body: {} }, ['own pods: create']],
  ['server-side apply', { method: 'PATCH', path: `${pods}/a`, contentType: apply }, ['own pods: create patch']],
  ['a merge patch', { method: 'PATCH', path: `${pods}/a`, contentType: merge }, ['own pods: patch']],
  ['a status', { method: 'PATCH', path: `${pods}/a/status`, contentType: merge }, ['own pods/status: patch']],
  ['an update', { method: 'PUT', path: `${pods}/a` }, ['own pods: update']],
  ['a deletion', { method: 'DELETE', path: `${pods}/a` }, ['own pods: delete']],
  ['a deletion of all', { method: 'DELETE', path: pods }, ['own pods: deletecollection']],
  ['a log', { path: `${pods}/a/log` }, ['own pods/log: get']],
  ['a command', { path: `${pods}/a/exec` }, ['own pods/exec: create get']],
  ['a namespace', { path: '/api/v1/namespaces/hf-data-1a2b3c' }, ['cluster namespaces: get']],
  ['a part of a namespace', { method: 'PUT', path: '/api/v1/namespaces/hf-a/finalize' }, ['cluster namespaces/finalize: update']],
  [
    'a scale',
    { method: 'PATCH', path: '/apis/apps/v1/namespaces/hf-a/statefulsets/web/scale', contentType: merge },
    ['own statefulsets.apps/scale: patch'],
  ],
  [
    'another namespace',
    { method: 'POST', path: '/apis/velero.io/v1/namespaces/velero/backups' },
    ['namespace/velero backups.velero.io: create'],
  ],
  ['a class', { path: '/apis/storage.k8s.io/v1/storageclasses/fast' }, ['cluster storageclasses.storage.k8s.io: get']],
  ['the version', { path: '/version' }, []],
  ['discovery', { path: '/apis/apps/v1' }, []],
  [
    'a request of a ServiceAccount',
    { method: 'POST', path: pods, body: {}, as: 'system:serviceaccount:hf-data-1a2b3c:stranger' },
    ['own serviceaccounts: impersonate'],
  ],
  ['a request of a user', { path: pods, as: 'jane' }, ['cluster users jane: impersonate']],
  [
    'a Role, which takes what it grants',
    {
      method: 'PATCH',
      path: `${rbac}/namespaces/hf-a/roles/owner`,
      contentType: apply,
      body: { rules: [{ apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] }] },
    },
    ['own pods: get list', 'own pods/log: get list', 'own roles.rbac.authorization.k8s.io: create patch'],
  ],
  [
    'a RoleBinding of a Role',
    { method: 'POST', path: `${rbac}/namespaces/hf-a/rolebindings`, body: { roleRef: { kind: 'Role', name: 'owner' } } },
    ['own rolebindings.rbac.authorization.k8s.io: create'],
  ],
  [
    'a RoleBinding of a ClusterRole',
    { method: 'POST', path: `${rbac}/namespaces/hf-a/rolebindings`, body: { roleRef: { kind: 'ClusterRole', name: 'view' } } },
    ['cluster clusterroles.rbac.authorization.k8s.io view: bind', 'own rolebindings.rbac.authorization.k8s.io: create'],
  ],
])('%s', (_, request, lines) => {
  expect(rulesOf(rightsOfRequest({ method: 'GET', ...request })).map(ruleText)).toEqual(lines)
})
