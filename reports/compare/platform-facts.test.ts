import { expect, test } from 'vitest'
import { exampleSide } from '../testing/example-side.ts'
import type { ExampleReport } from '../testing/example-report.ts'
import { platformDifferences } from './platform-facts.ts'

const guarantees = { 'a/b': 'Passed' } as const
const side = (cluster: ExampleReport['cluster'], run: ExampleReport['run'] = {}) => exampleSide({ guarantees, cluster: cluster ?? {}, run })

test('clusters that differ in their names only do not differ', async () => {
  const node = (name: string) => ({ name: `${name}-worker`, role: 'worker', zone: 'zone-a' }) as const
  expect(await platformDifferences(side({ name: 'one', nodes: [node('one')] }), side({ name: 'other', nodes: [node('other')] }))).toEqual(
    [],
  )
})

test('versions, configuration, driver, features, nodes, machine and Holdfast are told by name', async () => {
  const machine = { os: 'Debian 12', kernel: 'Linux 6.1', cpus: 2, memoryBytes: 8 * 2 ** 30 }
  const node = { name: 'x-worker', role: 'worker', zone: 'zone-a' } as const
  const before = side({ configured: { featureGates: { A: true } }, features: ['VolumeCloning'], nodes: [node] }, { machine })
  const after = side(
    { driver: 'csi.example.com', versions: { kubernetes: 'v1.37.2', 'csi-resizer': 'v2.2.0' }, features: [], nodes: [node, node] },
    { machine: { ...machine, cpus: 8 }, commit: 'f00' },
  )
  expect(await platformDifferences(before, after)).toEqual([
    { area: 'version', name: 'kubernetes', before: 'v1.36.3', after: 'v1.37.2' },
    { area: 'driver', name: 'name', before: 'csi-hostpath.holdfast.dev', after: 'csi.example.com' },
    { area: 'configuration', name: 'featureGates.A', before: 'true' },
    { area: 'feature', name: 'VolumeCloning', before: 'there' },
    { area: 'node', name: 'worker in zone-a', before: '1', after: '2' },
    { area: 'machine', name: 'CPUs', before: '2', after: '8' },
    { area: 'holdfast', name: 'commit', before: '0123456789abcdef', after: 'f00' },
    { area: 'version', name: 'csi-resizer', after: 'v2.2.0' },
  ])
})

test('an image is known by its digest; what a machine built has another id on each, which is no difference', async () => {
  const image = (rest: { readonly digest?: string; readonly imageId?: string }) => ({
    images: [{ name: 'velero', reference: 'velero/velero:v1.18.0', from: 'pulled' as const, ...rest }],
  })
  expect(await platformDifferences(side(image({ digest: 'sha256:a' })), side(image({ digest: 'sha256:b' })))).toEqual([
    { area: 'image', name: 'velero', before: 'velero/velero:v1.18.0@sha256:a', after: 'velero/velero:v1.18.0@sha256:b' },
  ])
  expect(await platformDifferences(side(image({ imageId: 'sha256:a' })), side(image({ imageId: 'sha256:b' })))).toEqual([])
})

test('what one side did not store is no difference', async () => {
  const machine = { os: 'Debian 12', kernel: 'Linux 6.1', cpus: 2, memoryBytes: 2 ** 30 }
  expect(await platformDifferences(side({}, { machine }), side({}))).toEqual([])
})
