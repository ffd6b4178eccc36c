import { expect, test } from 'vitest'
import type { Manifest } from './manifest.ts'
import { refuseUnserved } from './served.ts'

const crd: Manifest = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'pools.example.com' },
  spec: {
    group: 'example.com',
    names: { kind: 'Pool' },
    versions: [
      { name: 'v1', served: true },
      { name: 'v0', served: false },
    ],
  },
}

function object(apiVersion: string, kind: string): Manifest {
  return { apiVersion, kind, metadata: { name: 'one' } }
}

function refused(objects: readonly Manifest[], switchesApisOn = false): string {
  try {
    refuseUnserved(
      objects.map((manifest) => ({ manifest, place: 'driver.yaml' })),
      { kubernetes: 'v1.36.3', switchesApisOn },
    )
    return 'nothing'
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

const nothing = 'no CustomResourceDefinition of the manifests defines'

test.each([
  [[crd, object('example.com/v0', 'Pool')], `${nothing} Pool of example.com/v0.`],
  [[object('monitoring.coreos.com/v1', 'ServiceMonitor')], `${nothing} ServiceMonitor of monitoring.coreos.com/v1.`],
  [[object('policy/v1beta1', 'PodSecurityPolicy')], 'Kubernetes v1.36.3 does not serve policy/v1beta1.'],
  [[object('extensions/v1', 'Ingress')], 'Kubernetes v1.36.3 does not serve extensions/v1.'],
  [[object('apps/v1', 'Deploymnet')], 'apps/v1 has no kind Deploymnet. Did you mean Deployment?'],
  [[object('storage.k8s.io/v1', 'CSIdriver')], 'storage.k8s.io/v1 has no kind CSIdriver. Did you mean CSIDriver?'],
])('%j is refused: %s', (objects, why) => {
  expect(refused(objects)).toBe(`${objects.at(-1)?.kind ?? ''} one of driver.yaml cannot be installed: ${why}`)
})

test.each([
  [[crd, object('example.com/v1', 'Pool')]],
  [[object('snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass')]],
  [[object('rbac.authorization.k8s.io/v1', 'ClusterRole'), object('v1', 'ServiceAccount'), object('v1', 'Namespace')]],
  [[object('apps/v1', 'DaemonSet'), object('batch/v1', 'CronJob'), object('storage.k8s.io/v1', 'CSIDriver')]],
  // What a newer Kubernetes may have.
  [[object('batch/v1', 'SomethingOfTheFuture')]],
])('%j is not', (objects) => {
  expect(refused(objects)).toBe('nothing')
})

test('an API that settings switch on is for the cluster to refuse', () => {
  expect(refused([object('storage.k8s.io/v1beta1', 'VolumeAttributesClass')])).not.toBe('nothing')
  expect(refused([object('storage.k8s.io/v1beta1', 'VolumeAttributesClass')], true)).toBe('nothing')
})
