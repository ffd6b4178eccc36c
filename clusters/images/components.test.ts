import { expect, test } from 'vitest'
import { wantedComponents } from './components.ts'
import { versions } from './versions.ts'

test('a version is the public image of that version, below a mirror too', () => {
  expect(wantedComponents({ 'csi-resizer': '2.1.0' }, 'mirror.example.com/k8s')).toEqual([
    {
      name: 'csi-resizer',
      reference: 'mirror.example.com/k8s/sig-storage/csi-resizer:v2.1.0',
      publicReference: 'registry.k8s.io/sig-storage/csi-resizer:v2.1.0',
      version: 'v2.1.0',
    },
  ])
})

test('the pinned version is no replacement', () => {
  expect(wantedComponents({ 'csi-resizer': versions.csiResizer, velero: versions.velero })).toEqual([])
})

test.each([
  ['registry.example.com:5000/me/csi-resizer:dev', 'csi-resizer:dev'],
  ['csi-resizer', 'csi-resizer'],
  ['me/csi-resizer@sha256:0123', 'csi-resizer@sha256:0123'],
])('%s is an image of the user', (reference, version) => {
  expect(wantedComponents({ 'csi-resizer': reference })).toEqual([{ name: 'csi-resizer', reference, version }])
})
