import { expect, test } from 'vitest'
import { applicationNames } from './application-images.ts'
import { tagOf } from './hand-over.ts'
import { referencesForNodes, type SuiteImageName } from './named-images.ts'
import { versions } from './versions.ts'

function referenceForNodes(name: SuiteImageName, settings: Parameters<typeof referencesForNodes>[1]) {
  return referencesForNodes([name], settings).get(name)
}

test('nodes pull the public images, from the mirror where there is one, and what only we build keeps its own name', () => {
  const references = Object.fromEntries(applicationNames.map((name) => [name, referenceForNodes(name, {})?.reference]))
  expect(references).toMatchObject({
    postgres: `docker.io/library/postgres:${versions.postgres}-${versions.debian}`,
    'postgres-next': `docker.io/library/postgres:${versions.postgresNext}-${versions.debian}`,
    redis: `docker.io/library/redis:${versions.redis}`,
    mongodb: `docker.io/library/mongo:${versions.mongodb}`,
    etcd: expect.stringMatching(/^registry\.k8s\.io\/etcd:\d/),
    'backup-tools': expect.stringMatching(/^holdfast\.local\/backup-tools:/),
  })
  expect(referenceForNodes('etcd', { mirror: 'mirror.example.com/k8s' })?.reference).toMatch(/^mirror\.example\.com\/k8s\/etcd:/)
})

test('without a registry, nodes are given what is built, and nothing where nothing can be', () => {
  expect(referenceForNodes('postgres', { offline: true })?.reference).toMatch(/^holdfast\.local\/postgres:/)
  expect(referenceForNodes('etcd', { offline: true })?.reference).toMatch(/^holdfast\.local\/etcd:/)
  expect(referenceForNodes('mongodb', { offline: true })).toBeUndefined()
})

test('images in one repository are told apart by their tags', () => {
  expect(tagOf({ name: 'workload', reference: 'holdfast.local/workload:0.1.0-abc' })).toBe('0.1.0-abc')
  expect(tagOf({ name: 'postgres', reference: 'docker.io/library/postgres:15-bookworm' })).toBe('postgres-15-bookworm')
  expect(tagOf({ name: 'postgres-next', reference: 'holdfast.local/postgres-next:17-abc' })).toBe('postgres-next-17-abc')
})
