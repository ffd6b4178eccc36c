import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SetupError } from '../setup-error.ts'
import { writtenFiles } from '../testing/written-files.ts'
import { readDriverDefinition } from './read-definition.ts'

const files = writtenFiles('driver.yaml')

const read = (text: string) => readDriverDefinition(files.write(text))

const definition = 'StorageClass: {FromFile: class.yaml}\nDriverInfo: {Name: csi.example.com}\n'
const storageClass = (changes = '') =>
  files.write(
    `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: csi.example.com\n${changes}`,
    'class.yaml',
  )

function refused(): string {
  try {
    read(definition)
  } catch (error) {
    if (!(error instanceof SetupError) || error.fix === undefined) throw error
    return error.message.replaceAll(`${files.directory}/`, '')
  }
  throw new Error('It was not refused.')
}

test('a class from a file is found beside the definition', () => {
  const path = storageClass('parameters: {type: gp3}\n')
  expect(read(definition).storageClass).toMatchObject({ from: 'file', path, manifest: { parameters: { type: 'gp3' } } })
})

test('a file is not read where Kubernetes would take another source', () => {
  rmSync(join(files.directory, 'class.yaml'), { force: true })
  expect(read('StorageClass: {FromName: true, FromFile: class.yaml}\nDriverInfo: {Name: a.b}').storageClass?.from).toBe('name')
  expect(read('StorageClass: {FromExistingClassName: x, FromFile: class.yaml}\nDriverInfo: {Name: a.b}').storageClass?.from).toBe(
    'existing',
  )
  expect(read('SnapshotClass: {FromName: false, FromFile: ""}\nDriverInfo: {Name: a.b}').snapshotClass).toBeUndefined()
})

test('a file that is missing is told', () => {
  rmSync(join(files.directory, 'class.yaml'), { force: true })
  expect(refused()).toBe('Driver definition driver.yaml takes its class from StorageClass.FromFile: class.yaml, which does not exist.')
})

test.each([
  ['kind: Pod\n', 'is not a StorageClass of storage.k8s.io.'],
  ['provisioner: other.example.com\n', 'holds a class of driver other.example.com, but the definition is about driver csi.example.com.'],
  ['parameters: {encrypted: true}\n', 'has a value for parameters.encrypted that is no text.'],
  ['parameters: {pool: "{{ .Values.pool }}"}\n', 'is a template that was not rendered: line 5 holds {{ .Values.pool }}.'],
])('a file with %j is refused', (line, sentence) => {
  const key = line.split(':')[0] ?? ''
  const text = ['apiVersion: storage.k8s.io/v1', 'kind: StorageClass', 'metadata: {name: fast}', 'provisioner: csi.example.com']
  files.write(`${text.filter((each) => !each.startsWith(`${key}:`)).join('\n')}\n${line}`, 'class.yaml')
  expect(refused()).toBe(`File class.yaml of StorageClass.FromFile ${sentence}`)
})
