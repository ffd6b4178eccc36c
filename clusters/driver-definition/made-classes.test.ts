import { expect, test } from 'vitest'
import { writtenFiles } from '../testing/written-files.ts'
import { withMadeClasses } from './made-classes.ts'
import { readDriverDefinition } from './read-definition.ts'

const files = writtenFiles('driver.yaml')

function read(text: string) {
  return readDriverDefinition(files.write(text))
}

const capabilities = 'Capabilities: {persistence: true, controllerExpansion: true, snapshotDataSource: true}'

test('classes that are to be made get names, and count as existing from then on', () => {
  const manifest = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast, annotations: {storageclass.kubernetes.io/is-default-class: 'true'}}
provisioner: csi.example.com
parameters: {pool: one}
volumeBindingMode: WaitForFirstConsumer
`
  files.write(manifest, 'class.yaml')
  const written = `StorageClass: {FromFile: class.yaml}\nSnapshotClass: {FromName: true}\nDriverInfo: {Name: csi.example.com, ${capabilities}}\n`
  const { definition, classes } = withMadeClasses(read(written))
  const [storageClass, snapshotClass] = classes
  expect(storageClass).toMatchObject({
    ...{ kind: 'StorageClass', metadata: { name: expect.stringMatching(/^hf-class-/) }, parameters: { pool: 'one' } },
    ...{ volumeBindingMode: 'WaitForFirstConsumer', allowVolumeExpansion: true },
  })
  expect(storageClass?.metadata?.annotations).toBeUndefined()
  expect(snapshotClass).toMatchObject({ kind: 'VolumeSnapshotClass', driver: 'csi.example.com' })
  expect(definition.storageClass).toEqual({ from: 'existing', key: 'StorageClass.FromFile', name: storageClass?.metadata?.name })
  expect(definition.snapshotClass).toEqual({ from: 'existing', key: 'SnapshotClass.FromName', name: snapshotClass?.metadata?.name })
  expect(classes).toHaveLength(2)
})

test('what exists, and what no capability needs, is not made', () => {
  const written = `StorageClass: {FromExistingClassName: fast}\nSnapshotClass: {FromName: true}\nDriverInfo: {Name: csi.example.com}\n`
  const definition = read(written)
  expect(withMadeClasses(definition)).toEqual({ definition, classes: [] })
})
