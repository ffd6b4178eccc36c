import { expect, test } from 'vitest'
import { ruleOf } from '../../contract/rights.ts'
import { wouldMake } from './would-make.ts'

const recorded = new Map([
  ['pvs/static', ['cluster persistentvolumes: create delete', 'cluster namespaces: create', 'own pods: create'].map(ruleOf)],
  ['pvs/retained', ['cluster persistentvolumes: create', 'own pods/exec: create'].map(ruleOf)],
  ['backup/taken', ['namespace/velero backups.velero.io: create'].map(ruleOf)],
  ['dns/names', ['own services: create'].map(ruleOf)],
])

test('what is made outside the namespaces of Holdfast is named, with the guarantees that make it', () => {
  expect(wouldMake(['pvs/static', 'pvs/retained', 'backup/taken', 'dns/names', 'pvs/new'], recorded)).toEqual([
    'up to 5 namespaces hf-<guarantee>-<random>, one for each guarantee that runs, with all that is in it; some make more, named after it',
    'backups.velero.io in namespace velero, by backup/taken',
    'persistentvolumes outside namespaces, by pvs/static, pvs/retained',
    'each is removed after its guarantee',
  ])
})

test('a guarantee that stays in its namespace makes nothing else', () => {
  expect(wouldMake(['dns/names'], recorded)).toHaveLength(2)
})
