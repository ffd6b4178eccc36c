import { expect, test } from 'vitest'
import { ruleOf, ruleText } from '../../contract/rights.ts'
import { rightsAsStored, rightsAt } from './velero-rights.ts'

const stored = ['namespace/velero backups.velero.io: create', 'namespace/kube-system leases.coordination.k8s.io: create'].map(ruleOf)

test('what was recorded in one namespace of Velero is asked for in another, and is stored as before', () => {
  const there = rightsAt(stored, 'backups')
  expect(there.map(ruleText)).toEqual([
    'namespace/backups backups.velero.io: create',
    'namespace/kube-system leases.coordination.k8s.io: create',
  ])
  expect(rightsAsStored(there, 'backups')).toEqual(stored)
  expect(rightsAsStored(stored, undefined)).toEqual(stored)
})
