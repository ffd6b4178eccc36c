import { expect, test } from 'vitest'
import { titleOf } from './manifest.ts'
import { manifestsIn } from './parse-manifests.ts'

const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: driver, namespace: storage}\n'

test('documents and lists are taken apart, and each object has its place', () => {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'driver' } }
  const text = `# nothing but a comment\n---\n${account}---\napiVersion: v1\nkind: List\nitems: [${JSON.stringify(role)}]\n---\n`
  expect(manifestsIn(text, 'all.yaml').map(({ manifest, place }) => `${titleOf(manifest)} in ${place}`)).toEqual([
    'ServiceAccount storage/driver in all.yaml, document 1',
    'ClusterRole driver in all.yaml, document 2, item 1',
  ])
  expect(manifestsIn(JSON.stringify(role), 'role.json').map(({ place }) => place)).toEqual(['role.json'])
  expect(manifestsIn('', 'empty.yaml')).toEqual([])
})

test('values are what Kubernetes takes them for', () => {
  const text = `${account}mode: 0644\non: yes\ntime: 10:30\nday: 2026-11-28\nbase: &base {a: 1}\nmore: {<<: *base, b: 2}\n`
  const [found] = manifestsIn(text, 'values.yaml')
  expect(found?.manifest).toMatchObject({ mode: 420, true: true, time: '10:30', day: '2026-11-28', more: { a: 1, b: 2 } })
})

test.each([
  ['a: [1', /^bad\.yaml is not valid YAML: .+\.$/],
  ['a: 1\na: 2\n', /^bad\.yaml is not valid YAML: Map keys must be unique.*\.$/],
  ['{{ if .Values.rbac }}\nkind: Role\n', /^bad\.yaml is a template that was not rendered: it holds \{\{ if \.Values\.rbac \}\}\.$/],
  ['just a text', /^bad\.yaml holds no object of Kubernetes\.$/],
  [`${account}---\n- 1\n`, /^bad\.yaml, document 2 holds no object of Kubernetes\.$/],
  ['replicaCount: 1\n', /^bad\.yaml holds an object without apiVersion\.$/],
  ['apiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}\n', /^bad\.yaml holds an object without metadata\.name \(Pod\)\.$/],
  ['apiVersion: v1\nkind: Pod\nmetadata: {name: "${NAME}"}\n', /^bad\.yaml is a template that was not rendered: it holds \$\{NAME\}\.$/],
  ['apiVersion: v1\nkind: List\nitems: [null]\n', /^bad\.yaml, item 1 holds no object of Kubernetes\.$/],
])('%j is refused in one sentence', (text, sentence) => {
  expect(() => manifestsIn(text, 'bad.yaml')).toThrow(sentence)
})

test('what a shell fills in is no template', () => {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: script}\ndata: {run: "echo \${HOME} {{ x }}"}\n`
  expect(manifestsIn(text, 'script.yaml')[0]?.manifest['data']).toEqual({ run: 'echo ${HOME} {{ x }}' })
})
