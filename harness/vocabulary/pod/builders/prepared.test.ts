import { expect, test } from 'vitest'
import { ordinaryUser } from '../../../../contract/pod-security.ts'
import { smallResources } from '../../../../contract/workload.ts'
import { field } from '../../../engine/object.ts'
import { cronJob, job } from '../../job/jobs.ts'
import { deployment } from '../../deployment/deployment.ts'
import { statefulSet } from '../../statefulset/builders/stateful-set.ts'
import { otherImage, restart } from '../../statefulset/builders/templates.ts'
import { pod } from './pod.ts'
import { preparedFor } from './prepared.ts'

const cluster = { workloadImage: 'image', storageClass: 'class' }
const restricted = preparedFor({ level: 'restricted', settings: {} })
const baseline = preparedFor({ level: 'baseline', settings: {} })

const leastRights = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }
const restrictedSpec = {
  securityContext: { ...ordinaryUser, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ securityContext: leastRights, resources: smallResources }],
}

test.each([
  ['a Pod', pod('data', { cluster, pvc: 'data' }), ['spec']],
  ['a StatefulSet', statefulSet('web', { cluster, replicas: 1 }), ['spec', 'template', 'spec']],
  ['a Deployment', deployment('web', { cluster, replicas: 1 }), ['spec', 'template', 'spec']],
  ['a Job', job('once', { image: 'image', script: 'true' }), ['spec', 'template', 'spec']],
  [
    'a CronJob',
    cronJob('often', { image: 'image', script: 'true', schedule: '* * * * *' }),
    ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ],
] as const)('%s is made for the level restricted', (_, manifest, path) => {
  expect(field(restricted.manifest(manifest), ...path)).toMatchObject(restrictedSpec)
})

test('what a suite says of its user stays, and only what the level asks for is added', () => {
  const runAs = { runAsUser: 1000, fsGroup: 2000 }
  const { spec } = restricted.manifest(pod('data', { cluster, pvc: 'data', runAs }))
  expect(spec).toMatchObject({ securityContext: { ...runAs, runAsNonRoot: true } })
  expect(spec).not.toHaveProperty('securityContext.fsGroupChangePolicy')
})

test('another level leaves the user to the image', () => {
  const { spec } = baseline.manifest(pod('data', { cluster, pvc: 'data' }))
  expect(spec).not.toHaveProperty('securityContext')
  expect(spec.containers).toMatchObject([{ resources: smallResources }])
  expect(spec.containers[0]).not.toHaveProperty('securityContext')
})

test('init containers get what containers get', () => {
  const { spec, ...rest } = pod('data', { cluster, pvc: 'data' })
  const prepared = restricted.manifest({ ...rest, spec: { ...spec, initContainers: [{ name: 'first' }] } })
  expect(prepared.spec.initContainers).toEqual([{ name: 'first', securityContext: leastRights, resources: smallResources }])
})

test('a change that gives the containers anew gives them whole, and leaves the rest of the Pod alone', () => {
  const set = statefulSet('web', { cluster, replicas: 1 })
  const change = restricted.change('StatefulSet', otherImage(set, 'other')) as ReturnType<typeof otherImage>
  const [given] = set.spec.template.spec.containers
  const container = { name: 'main', command: given?.command, image: 'other', imagePullPolicy: 'Never', ...restrictedSpec.containers[0] }
  expect(change.spec.template.spec).toMatchObject({ containers: [container] })
  expect(change.spec.template.spec).not.toHaveProperty('securityContext')
})

test('a change of something else is sent as it is', () => {
  expect(restricted.change('StatefulSet', restart('now'))).toEqual(restart('now'))
  expect(restricted.change('Pod', { spec: { activeDeadlineSeconds: 1 } })).toEqual({ spec: { activeDeadlineSeconds: 1 } })
})

test('a namespace that a suite makes enforces the level of the guarantee', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } }
  expect(restricted.manifest(namespace)).toMatchObject({ metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } })
  expect(baseline.manifest(namespace)).toMatchObject({ metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } })
})

test('what makes no Pods is sent as it is', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'password' }, spec: {} }
  expect(restricted.manifest(secret)).toBe(secret)
})

test('what the user wants is on every Pod, and nothing that a suite says is lost', () => {
  const settings = {
    imagePullSecrets: ['platform/registry', 'here'],
    nodeSelector: { pool: 'storage' },
    tolerations: [{ key: 'dedicated', operator: 'Exists' as const }],
    priorityClassName: 'low',
    labels: { team: 'storage', 'app.kubernetes.io/name': 'taken' },
    annotations: { 'sidecar.example.com/inject': 'false' },
    resources: { requests: { cpu: '1m' } },
  }
  const { metadata, spec } = preparedFor({ level: 'restricted', settings }).manifest(
    pod('data', { cluster, pvc: 'data', tolerates: 'one' }),
  )
  expect(metadata).toMatchObject({
    labels: { team: 'storage', 'app.kubernetes.io/name': 'data' },
    annotations: { 'sidecar.example.com/inject': 'false' },
  })
  expect(spec).toMatchObject({
    imagePullSecrets: [{ name: 'registry' }, { name: 'here' }],
    nodeSelector: { pool: 'storage' },
    tolerations: [{ value: 'one' }, { key: 'dedicated' }],
    priorityClassName: 'low',
    containers: [{ resources: { requests: { cpu: '1m' } } }],
  })
})
