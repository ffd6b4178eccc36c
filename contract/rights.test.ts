import { expect, test } from 'vitest'
import { parseRule, type Right, rightsOf, ruleOf, rulesOf, ruleText } from './rights.ts'

const rights: readonly Right[] = [
  { verb: 'list', group: '', resource: 'pods', scope: 'own' },
  { verb: 'get', group: '', resource: 'pods', subresource: 'exec', scope: 'own' },
  { verb: 'update', group: 'coordination.k8s.io', resource: 'leases', scope: 'namespace/kube-system', name: 'holdfast' },
  { verb: 'create', group: '', resource: 'pods', scope: 'own' },
  { verb: 'list', group: '', resource: 'pods', scope: 'own' },
  { verb: 'list', group: '', resource: 'pods', scope: 'cluster' },
  { verb: 'patch', group: 'apps', resource: 'statefulsets', subresource: 'scale', scope: 'own' },
]
const lines = [
  'cluster pods: list',
  'namespace/kube-system leases.coordination.k8s.io holdfast: update',
  'own pods: create list',
  'own pods/exec: get',
  'own statefulsets.apps/scale: patch',
]

test('rights are written by resource, each once and in order', () => {
  expect(rulesOf(rights).map(ruleText)).toEqual(lines)
  expect(rulesOf(rights.toReversed()).map(ruleText)).toEqual(lines)
})

test('what is written is read back', () => {
  const rules = lines.map(ruleOf)
  expect(rules).toEqual(rulesOf(rights))
  expect(rulesOf(rightsOf(rules))).toEqual(rules)
})

test.each(['', 'own pods', 'own pods:', 'somewhere pods: get', 'own pods: get,list', 'own pods/exec/more: get'])(
  'no rule: "%s"',
  (text) => {
    expect(parseRule(text)).toBeUndefined()
    expect(() => ruleOf(text)).toThrow('is not a rule')
  },
)
