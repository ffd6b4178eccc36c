import { expect, test } from 'vitest'
import { type MutantName, mutants } from '../../clusters/mutants/catalogue.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { mutantsOf, supported, whyNoMutant } from './mutants-of.ts'

function guarantee(id: Guarantee['id'], more: Partial<Guarantee>): Guarantee {
  const source = { page: 'concepts/', section: '' }
  return { id, statement: 'It is so.', level: 'MUST', source, requires: [], mutants: [], proves: {}, ...more }
}

const mongo = guarantee('app/mongo', { requires: ['MongoDB'], mutants: ['members-start-alone'] })
const etcd = guarantee('app/etcd', { requires: ['Etcd'], mutants: ['members-start-alone', 'fsync-lies'] })

test('each mutant comes with the guarantees that name it', () => {
  expect([...mutantsOf([mongo, etcd])].map(([name, some]) => [name, some.length])).toEqual([
    ['fsync-lies', 1],
    ['members-start-alone', 2],
  ])
})

test('a guarantee that the cluster does not support is shown nothing by a mutant', () => {
  const versions = { kubernetes: 'v1.35.4' }
  expect(supported([mongo, etcd], { features: ['Etcd'], versions })).toEqual([etcd])
  expect(supported([mongo, etcd], { features: ['Etcd', 'MongoDB'], versions })).toEqual([mongo, etcd])
  expect(supported([{ ...etcd, since: '1.36' }], { features: ['Etcd'], versions })).toEqual([])
})

test('a mutant by policy needs an API server that knows such policies', () => {
  expect(whyNoMutant('first-pod-deleted-meanwhile', { versions: { kubernetes: 'v1.35.4' } })).toBeUndefined()
  const policy = Object.entries(mutants).find(([, { by }]) => by === 'policy')?.[0] as MutantName
  expect(whyNoMutant(policy, { versions: { kubernetes: 'v1.35.4' } })).toBe('it needs Kubernetes 1.36, and this is v1.35.4')
  expect(whyNoMutant(policy, { versions: { kubernetes: 'v1.36.3' } })).toBeUndefined()
  const gate = (isOn: boolean) => ({ MutatingAdmissionPolicy: isOn })
  expect(whyNoMutant(policy, { versions: { kubernetes: 'v1.35.4' }, featureGates: gate(true) })).toMatch(/needs Kubernetes 1\.36/)
  expect(whyNoMutant(policy, { versions: { kubernetes: 'v1.36.3' }, featureGates: gate(false) })).toMatch(
    /MutatingAdmissionPolicy, which is off/,
  )
})
