import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { isLoggedWithObject } from '../../contract/audit.ts'
import { thisProcess } from '../machine/cluster-owner.ts'
import type { KubernetesSettings } from '../config.ts'
import { releaseOf } from '../images/kubernetes-release.ts'
import { auditLogOf, auditPolicy, keepsAuditLog } from './audit-log.ts'
import { kindConfig } from './kind-config.ts'

interface Rule {
  readonly level: string
  readonly users?: readonly string[]
  readonly verbs?: readonly string[]
  readonly resources?: readonly { readonly group: string; readonly resources?: readonly string[] }[]
  readonly nonResourceURLs?: readonly string[]
  readonly omitStages?: readonly string[]
}

interface Request {
  readonly user?: string
  readonly verb: string
  readonly group?: string
  /** With its subresource; absent for what is no resource. */
  readonly resource?: string
}

const policy = parse(auditPolicy()) as { readonly rules: readonly Rule[]; readonly omitStages: readonly string[] }

/** The rule that decides, as https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/ has it. */
function ruleFor({ user = 'system:node:worker', verb, group = '', resource }: Request): Rule | undefined {
  return policy.rules.find(({ users, verbs, resources, nonResourceURLs }) => {
    if ((users && !users.includes(user)) || (verbs && !verbs.includes(verb))) return false
    if (nonResourceURLs) return resource === undefined
    if (resources === undefined) return true
    return resources.some((one) => resource !== undefined && one.group === group && isNamed(resource, one.resources))
  })
}

function isNamed(resource: string, names: readonly string[] | undefined): boolean {
  const [plural = ''] = resource.split('/')
  return names === undefined || names.some((name) => name === resource || (resource.includes('/') && name === `${plural}/*`))
}

const admin = 'kubernetes-admin'

test.each<[string, Request, string]>([
  ['a kubelet writes the status of a Pod', { verb: 'patch', resource: 'pods/status' }, 'RequestResponse'],
  ['the scheduler binds a Pod', { verb: 'create', resource: 'pods/binding' }, 'RequestResponse'],
  ['a StatefulSet is scaled', { verb: 'patch', group: 'apps', resource: 'statefulsets/scale' }, 'RequestResponse'],
  ['a VolumeSnapshot is made', { verb: 'create', group: 'snapshot.storage.k8s.io', resource: 'volumesnapshots' }, 'RequestResponse'],
  ['a Secret is written', { verb: 'create', resource: 'secrets', user: admin }, 'Metadata'],
  ['a token is asked for', { verb: 'create', resource: 'serviceaccounts/token' }, 'Metadata'],
  ['a Role is written', { verb: 'update', group: 'rbac.authorization.k8s.io', resource: 'roles' }, 'Metadata'],
  ['a lease is renewed', { verb: 'update', group: 'coordination.k8s.io', resource: 'leases' }, 'None'],
  ['an Event is written', { verb: 'create', resource: 'events' }, 'None'],
  ['the status of a node is written', { verb: 'patch', resource: 'nodes/status' }, 'None'],
  ['a suite writes what is noise otherwise', { verb: 'create', resource: 'endpoints', user: admin }, 'Metadata'],
  ['a controller reads', { verb: 'get', resource: 'pods' }, 'None'],
  ['a controller watches', { verb: 'watch', resource: 'pods' }, 'None'],
  ['a suite reads', { verb: 'get', resource: 'pods', user: admin }, 'Metadata'],
  ['a suite watches', { verb: 'watch', resource: 'pods', user: admin }, 'Metadata'],
  ['a suite lists', { verb: 'list', resource: 'pods', user: admin }, 'None'],
  ['a suite runs a command', { verb: 'get', resource: 'pods/exec', user: admin }, 'Metadata'],
  ['somebody asks whether it is healthy', { verb: 'get' }, 'None'],
])('%s', (_, request, level) => {
  expect(ruleFor(request)?.level).toBe(level)
})

test('what lasts is logged when it begins, and nothing before it is decided', () => {
  expect(policy.omitStages).toEqual(['RequestReceived'])
  for (const request of [
    { verb: 'watch', resource: 'pods', user: admin },
    { verb: 'get', resource: 'pods/exec', user: admin },
  ])
    expect(ruleFor(request)?.omitStages).toEqual(['ResponseComplete'])
})

test('the record says of which kinds versions are compared', () => {
  const log = auditLogOf('node')
  const has = (group: string, resource: string) => isLoggedWithObject(log, { group, resource })
  expect([has('', 'pods'), has('apps', 'statefulsets'), has('storage.k8s.io', 'volumeattachments')]).toEqual([true, true, true])
  expect([has('', 'secrets'), has('', 'events'), has('', 'nodes'), has('example.com', 'pods')]).toEqual([false, false, false, false])
})

function controlPlaneOf(settings: KubernetesSettings) {
  const request = { name: 'holdfast-a', owner: thisProcess('run', false), workers: 2, staticRoutes: false, release: releaseOf() }
  const { nodes } = parse(kindConfig({ ...request, settings: { auditLog: true, ...settings } })) as {
    readonly nodes: readonly {
      readonly kubeadmConfigPatches?: readonly string[]
      readonly extraMounts: readonly { readonly containerPath: string }[]
    }[]
  }
  const [first, ...workers] = nodes
  const patches = (first?.kubeadmConfigPatches ?? []).map(
    (text) => parse(text) as { apiServer: { extraArgs: object; extraVolumes: unknown[] } },
  )
  return { patches, mounts: first?.extraMounts.map(({ containerPath }) => containerPath), workers }
}

test('the control plane alone has the policy, and its API server writes where the kubelet reads', () => {
  const { patches, mounts, workers } = controlPlaneOf({})
  expect(mounts).toContain('/etc/kubernetes/audit')
  expect(patches).toHaveLength(1)
  expect(patches[0]?.apiServer.extraArgs).toMatchObject({
    'audit-policy-file': '/etc/kubernetes/audit/policy.yaml',
    'audit-log-path': `/var/log/${auditLogOf('').directory}/audit.log`,
  })
  expect(workers.every((node) => node.kubeadmConfigPatches === undefined)).toBe(true)
  expect(workers.flatMap(({ extraMounts }) => extraMounts).map(({ containerPath }) => containerPath)).not.toContain('/etc/kubernetes/audit')
})

const volume = { name: 'mine', hostPath: '/srv', mountPath: '/srv' }
const cluster = { kind: 'Cluster', apiVersion: 'kind.x-k8s.io/v1alpha4' }

test('volumes of the user stay beside it', () => {
  const patch = { kind: 'ClusterConfiguration', apiServer: { extraVolumes: [volume] } }
  const names = controlPlaneOf({ kubeadmPatches: [patch] }).patches.at(-1)?.apiServer.extraVolumes
  expect(names).toMatchObject([{ name: 'mine' }, { name: 'audit-policy' }, { name: 'audit-log' }])
})

const ofNode = 'kind: ClusterConfiguration\napiServer:\n  extraVolumes:\n  - name: theirs\n    hostPath: /a\n    mountPath: /a\n'

test('of the volumes of several patches, those that kind applies last stay', () => {
  const patch = { kind: 'ClusterConfiguration', apiServer: { extraVolumes: [volume] } }
  const nodes = [{ role: 'control-plane', kubeadmConfigPatches: [ofNode] }, { role: 'worker' }, { role: 'worker' }]
  const { patches } = controlPlaneOf({ kubeadmPatches: [patch], kind: { ...cluster, nodes } })
  expect(patches.map(({ apiServer }) => apiServer.extraVolumes.length)).toEqual([1, 3])
  expect(patches.at(-1)?.apiServer.extraVolumes).toMatchObject([{ name: 'theirs' }, { name: 'audit-policy' }, { name: 'audit-log' }])
})

test.each<[string, KubernetesSettings]>([
  ['an audit log of the user', { kubeadmPatches: [{ kind: 'ClusterConfiguration', apiServer: { extraArgs: { 'audit-log-path': '-' } } }] }],
  [
    'a webhook of the user, in the kind configuration',
    {
      kind: {
        ...cluster,
        kubeadmConfigPatches: ['kind: ClusterConfiguration\napiServer:\n  extraArgs:\n    audit-webhook-config-file: /x\n'],
      },
    },
  ],
  [
    'volumes that only kind can know',
    { kind: { ...cluster, kubeadmConfigPatchesJSON6902: [{ patch: '[{"op":"add","path":"/apiServer/extraVolumes","value":[]}]' }] } },
  ],
  ['nobody who asks for it', { auditLog: undefined }],
  ['a kubelet that serves no logs', { kubeletConfiguration: { enableSystemLogHandler: false } }],
])('with %s, Holdfast keeps none', (_, settings) => {
  expect(keepsAuditLog({ auditLog: true, ...settings })).toBe(false)
  expect(controlPlaneOf(settings).mounts).not.toContain('/etc/kubernetes/audit')
})
