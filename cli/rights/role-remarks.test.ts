import { expect, test } from 'vitest'
import { ruleOf } from '../../contract/rights.ts'
import { roleRemarks } from './role-remarks.ts'

const remarksOn = (...rules: readonly string[]) =>
  roleRemarks(
    { guarantees: ['pvcs/one'], neverRun: [], unrecorded: [], rules: rules.map(ruleOf) },
    { recorded: new Map([['pvcs/one', rules.map(ruleOf)]]), veleroNamespace: 'backups' },
  )

test('where roles are in the namespace of Velero, that it may be missing is said', () => {
  const remark = 'Where there is no namespace backups, kubectl says so and applies the rest. What needs Velero does not run there anyway.'
  expect(remarksOn('cluster pods: list')).not.toContain(remark)
  expect(remarksOn('cluster pods: list', 'namespace/backups secrets: get')).toContain(remark)
})

test('what reaches further than Holdfast does is said with what needs it', () => {
  expect(remarksOn('own pods/exec: create').at(-1)).toBe(
    '  create pods/exec: run commands in the Pods of all namespaces. Needed by pvcs/one.',
  )
})
