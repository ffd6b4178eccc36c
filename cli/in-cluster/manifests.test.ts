import { expect, test } from 'vitest'
import { ruleOf } from '../../contract/rights.ts'
import type { ShardPlan } from '../../contract/shards.ts'
import { objectsOfRun, readerOfEvidence, type RunInCluster } from './manifests.ts'

const runId = '20261130-063317-ab12'
const namespace = `holdfast-${runId}`
const plan: ShardPlan = {
  ...{ schemaVersion: 1, runId, shards: 4, sources: 'abc', keepFailed: false },
  guarantees: [{ id: 'pvcs/bind', seconds: 12 }],
}
const claim = { storageClass: 'fast', accessMode: 'ReadWriteMany', size: '2Gi' } as const
const run: RunInCluster = {
  ...{ plan, image: 'registry.example.com/holdfast:1', cluster: '{"schemaVersion":1}', directory: Buffer.from('tar') },
  rights: ['own pods: create delete list', 'cluster persistentvolumes: list'].map(ruleOf),
  evidence: claim,
}

interface Found {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels: Readonly<Record<string, string>> }
  readonly rules?: readonly {
    readonly resources: readonly string[]
    readonly verbs: readonly string[]
    readonly resourceNames?: string[]
  }[]
  readonly spec: Readonly<Record<string, unknown>> & {
    readonly template: { readonly spec: Readonly<Record<string, unknown>> & { readonly containers: readonly Record<string, unknown>[] } }
  }
}

const objects = (changes: Partial<RunInCluster> = {}) => objectsOfRun({ ...run, ...changes }) as unknown as readonly Found[]
const jobIn = (all: readonly Found[]) => {
  const job = all.find(({ kind }) => kind === 'Job')
  if (job === undefined) throw new TypeError('There is a Job.')
  return job.spec
}

test('every object carries the label of the run, and what is in a namespace is in that of the run or in kube-system', () => {
  const all = objects()
  expect(all.map(({ metadata }) => metadata.labels['holdfast.dev/run'])).toEqual(all.map(() => runId))
  expect(new Set(all.flatMap(({ metadata }) => metadata.namespace ?? []))).toEqual(new Set([namespace, 'kube-system']))
  expect(all.map(({ kind }) => kind).filter((kind) => !kind.includes('Role'))).toEqual([
    ...['Namespace', 'ServiceAccount', 'ConfigMap', 'PersistentVolumeClaim', 'Job'],
  ])
})

test('the account of the shards gets the rights of the guarantees and those on its own Leases and Pods, and no others', () => {
  const given = objects().flatMap(({ kind, metadata, rules = [] }) =>
    rules.flatMap(({ resources, verbs, resourceNames = [] }) =>
      resources.map((resource) => [kind, metadata.namespace ?? '', resource, ...resourceNames, ...verbs].join(' ')),
    ),
  )
  expect(given.toSorted()).toEqual([
    'ClusterRole  persistentvolumes list',
    'ClusterRole  pods create delete list',
    `Role ${namespace} leases create delete get list update`,
    `Role ${namespace} pods list`,
    'Role kube-system leases create',
    'Role kube-system leases holdfast delete get update',
  ])
})

test('a shard for each index, replaced when its node is gone, each as often as it may fail for itself', () => {
  const { template, ...job } = jobIn(objects())
  expect(job).toEqual({
    ...{ completionMode: 'Indexed', completions: 4, parallelism: 4, backoffLimitPerIndex: 3 },
    podReplacementPolicy: 'TerminatingOrFailed',
  })
  expect(template.spec).toMatchObject({
    restartPolicy: 'Never',
    serviceAccountName: 'shard',
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  })
  expect(template.spec.containers[0]).toMatchObject({
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  })
})

test('shards are spread over nodes, apart from those that are drained', () => {
  expect(jobIn(objects({ disruptiveNodes: ['three'] })).template.spec['affinity']).toMatchObject({
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100 }] },
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'NotIn', values: ['three'] }] }],
      },
    },
  })
})

test('a volume for one node keeps shards together', () => {
  const { affinity } = jobIn(objects({ evidence: { ...claim, accessMode: 'ReadWriteOnce' } })).template.spec
  expect(affinity).toMatchObject({ podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } })
  expect(affinity).not.toHaveProperty('podAntiAffinity')
})

test('a bucket takes the place of the volume, and its credentials are in a Secret alone', () => {
  const credentials = { accessKey: 'key', secretKey: 'very secret' }
  const evidence = { bucket: 'b', prefix: `${runId}/`, endpoint: 'https://s3.example.com', region: 'r', credentials }
  const all = objects({ evidence })
  expect(all.map(({ kind }) => kind)).not.toContain('PersistentVolumeClaim')
  expect(all.filter((object) => JSON.stringify(object).includes('very secret')).map(({ kind }) => kind)).toEqual(['Secret'])
  expect(jobIn(all).template.spec['volumes']).toContainEqual({ name: 'evidence', emptyDir: {} })
})

test('the Pod that evidence is read from has no rights', () => {
  expect(readerOfEvidence(run)).toMatchObject({
    metadata: { name: 'evidence-reader', namespace, labels: { 'holdfast.dev/run': runId } },
    spec: { automountServiceAccountToken: false, restartPolicy: 'Never' },
  })
})

test('what the user wants of all Pods holds for those of shards', () => {
  const workload = { tolerations: [{ key: 'dedicated', operator: 'Exists' }], nodeSelector: { pool: 'tests' } } as const
  const { spec } = jobIn(objects({ workload })).template
  expect(spec).toMatchObject({ nodeSelector: { pool: 'tests' } })
  expect(spec['tolerations']).toContainEqual({ key: 'dedicated', operator: 'Exists' })
})
