import { expect, test } from 'vitest'
import { deployment, withPvcTemplates } from './deployment.ts'

const cluster = { workloadImage: 'workload', storageClass: 'fast' }

test('leaves out what is not asked for', () => {
  const { spec } = deployment('web', { cluster, replicas: 3 }).spec.template
  expect(spec).not.toHaveProperty('volumes')
  expect(spec).not.toHaveProperty('affinity')
  expect(spec).not.toHaveProperty('topologySpreadConstraints')
})

test('mounts one PVC in all Pods', () => {
  const { spec } = deployment('web', { cluster, replicas: 3, pvc: 'shared', readOnly: true }).spec.template
  expect(spec.volumes).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'shared', readOnly: true } }])
  expect(spec.containers[0]?.volumeMounts).toEqual([{ name: 'data', mountPath: '/data' }])
})

test('gives each Pod an ephemeral volume of the class of the cluster', () => {
  const { spec } = deployment('web', { cluster, replicas: 3, ephemeral: '1Gi' }).spec.template
  expect(spec.volumes?.[0]?.ephemeral?.volumeClaimTemplate?.spec).toEqual({
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'fast',
    resources: { requests: { storage: '1Gi' } },
  })
})

test('keeps further Pods from the node of another Pod', () => {
  const { spec } = deployment('web', { cluster, replicas: 1, avoids: 'guard' }).spec.template
  const [term] =
    spec.affinity && 'podAntiAffinity' in spec.affinity ? spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution : []
  expect(term?.labelSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'guard' })
})

test('adds a field that the kind does not have', () => {
  expect(withPvcTemplates(deployment('web', { cluster, replicas: 1 })).spec).toHaveProperty('volumeClaimTemplates', [])
})
