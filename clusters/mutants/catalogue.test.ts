import { expect, test } from 'vitest'
import { type InjectedName, isMutantName, type Mutant, type MutantName, mutants, mutantsAlone } from './catalogue.ts'
import { faultyLocations, type LocationName } from './locations.ts'

const all = Object.entries<Mutant>(mutants)

test('every way of breaking has its mutants, each with one sentence', () => {
  const ways = new Set(all.map(([, { by }]) => by))
  expect([...ways].toSorted()).toEqual(['class', 'injector', 'location', 'policy'])
  expect(all.filter(([, { description }]) => !/^[A-Z].*\.$/.test(description))).toEqual([])
})

test('a name that is not in the catalogue is no mutant', () => {
  expect(isMutantName('parallel-pod-management')).toBe(true)
  expect(isMutantName('paralel-pod-management')).toBe(false)
  expect(isMutantName('toString')).toBe(false)
})

test('a mutant that changes something for the whole cluster is alone', () => {
  expect([...mutantsAlone]).toEqual(['store-goes-down'])
})

test('no two mutants have the same BackupStorageLocation', () => {
  const names = Object.values(faultyLocations)
  expect(new Set(names).size).toBe(names.length)
})

test('names are held together by the compiler', () => {
  // @ts-expect-error It is misspelt, and no mutant.
  const misspelt: MutantName = 'paralel-pod-management'
  // @ts-expect-error It is injected upon an event.
  const atSetup: InjectedName<'setup'> = 'pod-force-deleted'
  const atStore: InjectedName<'store'> = 'store-goes-down'
  // @ts-expect-error A location without a name in the cluster is missing here.
  const missing: Readonly<Record<LocationName, string>> = { 'store-goes-down': 'store-goes-down' }
  expect([misspelt, atSetup, atStore, missing]).toHaveLength(4)
})
