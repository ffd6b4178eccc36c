import { expect, test } from 'vitest'
import type { Feature } from '../../contract/cluster-record.ts'
import { isAboutUpgrade } from '../../contract/upgrade.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { readCatalogue } from '../catalogue/guarantee-catalogue.ts'
import { guaranteesOfProfile, profilesInOrder } from './guarantees-of-profile.ts'
import { projectRoot } from '../shell/project-root.ts'

function guarantee(id: Guarantee['id'], ...requires: readonly Feature[]): Guarantee {
  return { id, statement: 'It is so.', level: 'MUST', source: { page: 'concepts/', section: 'x' }, requires, mutants: [], proves: {} }
}

const all = [
  guarantee('pvc/binds', 'DynamicProvisioning'),
  guarantee('velero/restores', 'DynamicProvisioning', 'Velero'),
  guarantee('app/mongo', 'MongoDB'),
]

test('a guarantee belongs to the smallest profile that may offer what it needs', () => {
  expect(guaranteesOfProfile('default', all).map(({ id }) => id)).toEqual(['pvc/binds'])
  expect(guaranteesOfProfile('velero', all).map(({ id }) => id)).toEqual(['velero/restores', 'app/mongo'])
})

test('every guarantee of the checkout belongs to exactly one profile, but those about an upgrade', () => {
  const guarantees = readCatalogue(projectRoot)
    .flatMap((suite) => suite.guarantees)
    .filter((each) => !isAboutUpgrade(each))
  const ofProfiles = profilesInOrder.flatMap((profile) => guaranteesOfProfile(profile, guarantees))
  expect(ofProfiles.map(({ id }) => id).toSorted()).toEqual(guarantees.map(({ id }) => id).toSorted())
})
