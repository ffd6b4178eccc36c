import { expect, test } from 'vitest'
import { driverVersion, shortName, versionIn, wholeReference } from './image-reference.ts'

const digest = `sha256:${'a'.repeat(64)}`

test.each([
  ['busybox', 'docker.io/library/busybox:latest', 'busybox', 'latest'],
  ['rook/ceph:v1.17', 'docker.io/rook/ceph:v1.17', 'ceph', 'v1.17'],
  ['localhost/driver:dev', 'localhost/driver:dev', 'driver', 'dev'],
  ['registry:5000/csi/driver', 'registry:5000/csi/driver:latest', 'driver', 'latest'],
  ['registry.k8s.io/sig-storage/csi-resizer:v2.2.0', 'registry.k8s.io/sig-storage/csi-resizer:v2.2.0', 'csi-resizer', 'v2.2.0'],
  [`quay.io/csi/driver@${digest}`, `quay.io/csi/driver@${digest}`, 'driver', 'sha256:aaaaaaaaaaaa'],
  [`quay.io/csi/driver:v2@${digest}`, `quay.io/csi/driver@${digest}`, 'driver', 'v2'],
])('%s is %s', (...[reference, ...parts]) => {
  expect([wholeReference(reference), shortName(reference), versionIn(reference)]).toEqual(parts)
})

test('the version of a driver is that of its own images', () => {
  const sidecars = ['registry.k8s.io/sig-storage/csi-provisioner:v6.3.0', 'registry.k8s.io/sig-storage/livenessprobe:v2.18.0']
  expect(driverVersion([...sidecars, 'example.com/driver:v1.2.3', 'example.com/driver:v1.2.3'])).toBe('v1.2.3')
  expect(driverVersion([...sidecars, 'example.com/driver:v1.2.3', 'example.com/operator:v1.2.3'])).toBe('v1.2.3')
  expect(driverVersion([...sidecars, 'example.com/driver:v1.2.3', 'example.com/operator:v9'])).toBe('driver v1.2.3, operator v9')
  expect(driverVersion([sidecars[0] ?? ''])).toBe('v6.3.0')
  expect(driverVersion([`example.com/driver:v2@${digest}`])).toBe('v2')
  expect(driverVersion([])).toBe('')
})
