import { z } from 'zod'
import type { WorkloadSettings } from '../../contract/workload.ts'

/** Prefixes of names that Holdfast, Kubernetes or Velero give to Pods of suites, with what would go wrong. */
const taken: readonly { readonly prefix: string; readonly by: string }[] = [
  { prefix: 'holdfast.dev/', by: 'Holdfast knows its own objects by it' },
  { prefix: 'app.kubernetes.io/name', by: 'the selectors of suites use it' },
  { prefix: 'velero.io/', by: 'suites tell Velero with it what to back up' },
  { prefix: 'statefulset.kubernetes.io/', by: 'the StatefulSet controller sets it' },
  { prefix: 'apps.kubernetes.io/', by: 'the StatefulSet controller sets it' },
  { prefix: 'batch.kubernetes.io/', by: 'the Job controller sets it' },
  { prefix: 'topology.kubernetes.io/', by: 'Kubernetes sets it to the zone of the node' },
  { prefix: 'pod-template-hash', by: 'the Deployment controller sets it' },
  { prefix: 'controller-revision-hash', by: 'the StatefulSet controller sets it' },
  { prefix: 'controller-uid', by: 'the Job controller sets it' },
  { prefix: 'job-name', by: 'the Job controller sets it' },
  { prefix: 'kubectl.kubernetes.io/', by: 'suites restart workloads with it' },
]

const qualifiedName = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/
const objectName = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/
const secretPlace = /^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?\/)?[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/
const quantity = /^[0-9]+(?:\.[0-9]+)?(?:m|[kMGTPE]|[KMGTPE]i)?$/

function whoHas(name: string): string | undefined {
  return taken.find(({ prefix }) => (prefix.endsWith('/') ? name.startsWith(prefix) || name.includes(`.${prefix}`) : name === prefix))?.by
}

const key = z
  .string()
  .regex(qualifiedName, 'is no name of a label or annotation')
  .refine((name) => whoHas(name) === undefined, { error: ({ input }) => `cannot be set: ${whoHas(String(input)) ?? ''}` })

const toleration = z
  .strictObject({
    key: z.string().regex(qualifiedName, 'is no name of a taint').optional(),
    operator: z.enum(['Exists', 'Equal']).optional(),
    value: z.string().optional(),
    effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
    tolerationSeconds: z.int().optional(),
  })
  .refine((one) => one.key !== undefined, 'must name a key: without one it tolerates the taints with which suites keep Pods off a node')
  .refine(
    (one) => one.key === undefined || !/^(?:holdfast\.dev|node\.kubernetes\.io)\//.test(one.key),
    'has a key of which suites judge what happens without a toleration',
  )
  .refine(
    (one) => one.tolerationSeconds === undefined || one.effect === 'NoExecute',
    'has tolerationSeconds, which need the effect NoExecute',
  )

const amounts = z.record(z.string().regex(qualifiedName, 'is no name of a resource'), z.string().regex(quantity, 'is no quantity'))

/** What a user may want of every Pod that Holdfast makes. */
export const workloadSchema: z.ZodType<WorkloadSettings> = z.strictObject({
  imagePullSecrets: z.array(z.string().regex(secretPlace, 'must be <name> or <namespace>/<name> of a Secret')).min(1).optional(),
  nodeSelector: z
    .record(
      z
        .string()
        .regex(qualifiedName, 'is no name of a label')
        .refine((name) => name !== 'kubernetes.io/hostname', 'cannot be set: suites choose among the nodes'),
      z.string().regex(labelValue, 'is no value of a label'),
    )
    .optional(),
  tolerations: z.array(toleration).min(1).optional(),
  priorityClassName: z.string().regex(objectName, 'is no name of a PriorityClass').optional(),
  labels: z.record(key, z.string().regex(labelValue, 'is no value of a label')).optional(),
  annotations: z.record(key, z.string()).optional(),
  allowTraffic: z.boolean().optional(),
  programFromConfigMap: z.boolean().optional(),
  resources: z.strictObject({ requests: amounts.optional(), limits: amounts.optional() }).optional(),
})

/** Keys below `workload`. */
export const workloadKeys = [
  'imagePullSecrets',
  'nodeSelector',
  'tolerations',
  'priorityClassName',
  'labels',
  'annotations',
  'allowTraffic',
  'programFromConfigMap',
  'resources',
] as const satisfies readonly (keyof WorkloadSettings)[]
