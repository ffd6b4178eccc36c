import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { field } from '../../engine/object.ts'
import { createAsWritten, fileWithStandIns, objectOfExample, splicedSet } from './examples.ts'
import { commandsAsWritten, documentsIn, exampleDirectories, textAsWritten, textOfExample, withoutCommentary } from './example-text.ts'
import { type ExampleSite, withStandIns } from './stand-ins.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const corrected = globSync(`${exampleDirectories.corrected}/*.yaml`, { cwd: root }).toSorted()
const written = globSync(`${exampleDirectories.written}/*.txt`, { cwd: root }).toSorted()
const suites = globSync('suites/**/*.suite.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'))
const readme = readFileSync(join(root, exampleDirectories.corrected, 'README.md'), 'utf8')

const cluster = {
  name: 'one',
  driver: 'csi.example.com',
  storageClass: 'usual',
  snapshotClass: 'usual-snapshots',
  workloadImage: 'workload:1',
  applicationImages: { postgres: 'postgres-of-suites:1', mongodb: 'mongo-of-suites:1', backupTools: 'tools:1' },
  objectStore: { endpoint: 'http://store:7070', region: 'here' },
} as unknown as ClusterRecord
const site: ExampleSite = { cluster, namespace: { name: 'hf-a' } }

test.each(corrected)('%s is valid YAML, read by a suite, and in the table', (file) => {
  const name = basename(file, '.yaml')
  expect(documentsIn(textOfExample(name as never)).length).toBeGreaterThan(0)
  expect(suites.filter((suite) => suite.includes(`'${name}'`))).not.toEqual([])
  expect(readme).toContain(`[${name}.yaml](${name}.yaml)`)
})

test.each(written)('%s is read by a suite', (file) => {
  expect(suites.filter((suite) => suite.includes(`'${basename(file, '.txt')}'`))).not.toEqual([])
})

test.each([
  ...corrected.map((file) => [file, textOfExample(basename(file, '.yaml') as never)] as const),
  ...written
    .filter((file) => !file.endsWith('-commands.txt'))
    .map((file) => [file, withoutCommentary(textAsWritten(basename(file, '.txt') as never))] as const),
])('something stands for each image, class and size of %s', (_, text) => {
  const objects = documentsIn(text).filter((object) => field(object, 'kind') !== undefined)
  const sent = JSON.stringify(objects.map((object) => withStandIns(object as never, site)))
  expect(sent).not.toMatch(/"image":"(?!postgres-of-suites:1|mongo-of-suites:1|tools:1|workload:1)|"storage":"\d+[GT]i"/u)
})

test('a class is of the driver of the cluster, and keeps what it says of its volumes', () => {
  expect(objectOfExample('storage-classes', 'StorageClass', { fixtures: site })).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'hf-a-fast-ssd' },
    provisioner: 'csi.example.com',
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  })
})

test('what is outside namespaces, and what refers to it, has the namespace in front where the example makes it', () => {
  const pvc = objectOfExample('dynamic-volume', 'PersistentVolumeClaim', { fixtures: site, classes: 'own', suffix: '-b' })
  expect([pvc.metadata.name, field(pvc, 'spec', 'storageClassName')]).toEqual(['data-b', 'hf-a-fast-ssd-b'])
  const pv = objectOfExample('static-volume', 'PersistentVolume', { fixtures: site, classes: 'own' })
  expect([pv.metadata.name, field(pv, 'spec', 'hostPath', 'path')]).toEqual(['hf-a-static-pv', '/run/holdfast/hf-a/mnt/data'])
})

test('a VolumeSnapshotClass of an example, and what refers to it, sorts last', () => {
  const taken = { metadata: { name: 'now' }, spec: { volumeSnapshotClassName: 'fast' } }
  const made = { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass', metadata: { name: 'fast' } } as const
  const own = { ...site, classes: 'own' } as const
  expect(withStandIns(made, own).metadata.name).toBe('zz-hf-a-fast')
  expect(withStandIns(made, { ...own, driver: 'as-written' }).metadata.name).toBe('zz-hf-a-fast')
  const snapshot = withStandIns({ ...taken, apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot' }, own)
  expect(field(snapshot, 'spec', 'volumeSnapshotClassName')).toBe('zz-hf-a-fast')
})

test('nginx runs itself where it is asked for and the cluster has it, and else what stays up', () => {
  const has: ExampleSite = { ...site, cluster: { ...cluster, applicationImages: { nginx: 'nginx-of-suites:1' } } }
  const containerOf = (fixtures: ExampleSite, nginx?: 'itself') => {
    const set = objectOfExample('nginx-statefulset', 'StatefulSet', { fixtures, ...(nginx && { nginx }) })
    return field(set, 'spec', 'template', 'spec', 'containers', '0')
  }
  expect(containerOf(has, 'itself')).toMatchObject({ image: 'nginx-of-suites:1' })
  expect(containerOf(has, 'itself')).not.toHaveProperty('command')
  expect(containerOf(has)).toMatchObject({ image: 'workload:1', command: ['bash', '-c', expect.any(String)] })
  expect(containerOf(site, 'itself')).toMatchObject({ image: 'workload:1', command: ['bash', '-c', expect.any(String)] })
})

test('a script names what the cluster has', async () => {
  const sent: unknown[] = []
  const create = async (object: unknown) => {
    sent.push(object)
    return { accepted: false, answer: { code: 422, reason: 'Invalid', message: '' } } as const
  }
  await createAsWritten('snapshot-daily', {
    ...site,
    namespace: { name: 'hf-a', apply: async () => ({}) as never, attempt: { create } as never },
  })
  expect(JSON.stringify(sent)).toContain('volumeSnapshotClassName: usual-snapshots')
  expect(JSON.stringify(sent)).toMatch(/get volumesnapshot -n hf-a .*namespace: hf-a|namespace: hf-a.*get volumesnapshot -n hf-a /u)
})

test('a fragment takes its place in a set', () => {
  const set = splicedSet('spliced', { of: 'mongodb-replica-set', fragment: 'volume-claim-templates', fixtures: site })
  expect(set.metadata.name).toBe('spliced')
  expect(field(set, 'spec', 'volumeClaimTemplates')).toMatchObject([{ metadata: { name: 'data' }, spec: { storageClassName: 'usual' } }])
})

test('a file for kubectl has the stand-ins, and what is added', () => {
  const added = { accessModes: ['ReadWriteOnce'] }
  const { file, files } = fileWithStandIns('expansion', { fixtures: site, only: ['PersistentVolumeClaim'], spec: added })
  const { items } = JSON.parse(files[file] ?? '') as { readonly items: readonly unknown[] }
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ metadata: { name: 'data' }, spec: { storageClassName: 'usual', ...added } })
})

test('what follows an empty line is commentary, and commands are lines', () => {
  expect(withoutCommentary('a: 1\n\nT0: b\n---\nc: 2\n')).toBe('a: 1\n---\nc: 2\n')
  expect(() => documentsIn(textAsWritten('headless-service'))).toThrow('Implicit map keys')
  expect(commandsAsWritten('talk-commands')[0]).toEqual(['kubectl', 'get', 'storageclass'])
})

test('an image or a size that nothing stands for is refused', () => {
  const pod = (image: string, storage = '1Gi') =>
    withStandIns({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { image, storage } } as never, site)
  expect(() => pod('unknown:1')).toThrow('No image of the suites stands for unknown:1.')
  expect(() => pod('nginx', '3Gi')).toThrow('No size of the suites stands for 3Gi.')
})
