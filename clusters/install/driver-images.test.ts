import type { V1Pod } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { driverImages } from './driver-images.ts'

const digest = (letter: string) => `sha256:${letter.repeat(64)}`

function pod(containers: Readonly<Record<string, readonly [image: string, id: string]>>): V1Pod {
  const entries = Object.entries(containers)
  return {
    spec: { containers: entries.map(([name, [image]]) => ({ name, image })) },
    status: { containerStatuses: entries.map(([name, [image, imageID]]) => ({ name, image, imageID, ready: true, restartCount: 0 })) },
  }
}

test('images of a driver are known by what the nodes say of them, and where they came from', () => {
  const provisioner = 'registry.k8s.io/sig-storage/csi-provisioner:v6.3.0'
  const pods = [
    pod({
      driver: ['example.com/driver:v1', `docker.io/library/import-2026-11-28@${digest('a')}`],
      side: ['busybox', `docker.io/library/busybox@${digest('b')}`],
    }),
    pod({ provisioner: [provisioner, `registry.k8s.io/sig-storage/csi-provisioner@${digest('c')}`], local: ['local:v1', digest('d')] }),
  ]
  const images = [
    { reference: 'example.com/driver:v1', archive: 'driver.tar' },
    { reference: 'busybox', archive: undefined },
    { reference: provisioner, archive: undefined },
    { reference: 'local:v1', archive: undefined },
    { reference: 'later:v1', archive: undefined },
  ]
  expect(driverImages({ images, pods, present: new Set([provisioner, 'docker.io/library/local:v1']) })).toEqual([
    { name: 'driver', reference: 'example.com/driver:v1', imageId: digest('a'), from: 'archive' },
    { name: 'busybox', reference: 'busybox', digest: digest('b'), from: 'pulled' },
    { name: 'csi-provisioner', reference: provisioner, digest: digest('c'), from: 'present' },
    { name: 'local', reference: 'local:v1', imageId: digest('d'), from: 'present' },
    { name: 'later', reference: 'later:v1', from: 'pulled' },
  ])
})
