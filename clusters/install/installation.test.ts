import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { writtenFiles } from '../testing/written-files.ts'
import { type InstallRequest, readInstallation } from './installation.ts'

const files = writtenFiles('all.yaml')
const driver = 'apiVersion: storage.k8s.io/v1\nkind: CSIDriver\nmetadata: {name: csi.example.com}\n'
const pods = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: node, namespace: storage}
spec: {template: {spec: {containers: [{name: driver, image: 'example.com/driver:v1'}]}}}
`
const definition = 'StorageClass: {FromName: true}\nDriverInfo: {Name: csi.example.com, Capabilities: {persistence: true}}\n'

async function read(request: Partial<InstallRequest>, config = {}) {
  const written = { driver: files.write(definition, 'definition.yaml'), install: [files.write(driver)], imageArchives: [], ...request }
  return readInstallation(written, { config, log: () => undefined, mayBuild: false })
}

async function archive(): Promise<string> {
  const from = join(files.directory, 'content')
  mkdirSync(from, { recursive: true })
  writeFileSync(join(from, 'manifest.json'), JSON.stringify([{ RepoTags: ['example.com/driver:v1'] }]))
  const path = join(files.directory, 'driver.tar')
  await execa('tar', ['--create', '--file', path, '-C', from, 'manifest.json'])
  return path
}

test('definition, manifests and archives come to a plan and what it was read from', async () => {
  const path = files.write(`${driver}---\n${pods}`, 'whole.yaml')
  const found = await read({ install: [path], imageArchives: [await archive()], storageClass: 'fast', declared: ['BlockVolumes'] })
  expect(found.definition.driver).toBe('csi.example.com')
  expect(found.plan.workloads.map(({ name }) => name)).toEqual(['node'])
  expect(found.plan.images).toEqual([{ reference: 'example.com/driver:v1', archive: join(files.directory, 'driver.tar') }])
  expect(found).toMatchObject({ storageClass: 'fast', declared: ['BlockVolumes'], archives: [{ references: ['example.com/driver:v1'] }] })
  const sha256 = createHash('sha256').update(definition).digest('hex')
  expect(found.from).toMatchObject({ definition: { path: join(files.directory, 'definition.yaml'), sha256 }, files: [{ path }] })
})

test('what is missing is told first, and what is wrong in one sentence', async () => {
  await expect(read({ driver: '/nowhere.yaml' })).rejects.toThrow('Driver definition /nowhere.yaml does not exist.')
  await expect(read({ install: ['/nowhere'], imageArchives: ['/none.tar'] })).rejects.toThrow('--install /nowhere does not exist.')
  await expect(read({ imageArchives: ['/none.tar'] })).rejects.toThrow('--image-archive /none.tar does not exist.')
  await expect(read({ install: [files.write(pods, 'pods.yaml')] })).rejects.toThrow('No manifest registers the driver csi.example.com')
})

test('an API that is off is refused, unless settings switch APIs on', async () => {
  const beta = `${driver}---\n${pods}---\napiVersion: storage.k8s.io/v1beta1\nkind: VolumeAttributesClass\nmetadata: {name: gold}\n`
  const install = [files.write(beta, 'beta.yaml')]
  await expect(read({ install })).rejects.toThrow(/Kubernetes v1\.\S+ does not serve storage\.k8s\.io\/v1beta1\.$/)
  await expect(read({ install }, { runtimeConfig: { 'storage.k8s.io/v1beta1': 'true' } })).resolves.toBeDefined()
})
