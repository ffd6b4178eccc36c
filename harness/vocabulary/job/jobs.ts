import type { V1CronJob, V1EnvVar, V1Job, V1PodSecurityContext } from '@kubernetes/client-node'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { field } from '../../engine/object.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import { type Mounts, volumeMountsOf, volumesOf } from '../pod/builders/mounts.ts'
import { onNode } from '../pod/builders/pod.ts'

/** A script to be run to its end. */
export interface JobOptions {
  readonly image: string
  /** Shell that runs the script: `bash` unless told otherwise. */
  readonly shell?: 'bash' | 'sh'
  readonly script: string
  readonly env?: V1EnvVar[]
  readonly mounts?: Mounts
  readonly node?: string
  /** `Never` unless told otherwise, so that the log of a Pod that failed stays. */
  readonly restartPolicy?: 'OnFailure' | 'Never'
  /** Failures until the Job counts as failed: none is forgiven unless told otherwise. */
  readonly backoffLimit?: number
  /** As whom the Pod runs, such as the owner of the files that it reads. */
  readonly securityContext?: V1PodSecurityContext
  /** ServiceAccount whose token the Pod gets; none when absent. */
  readonly serviceAccount?: string
}

/** A script to be run by the clock. */
export interface CronJobOptions extends JobOptions {
  /** In cron's five fields. */
  readonly schedule: string
  readonly timeZone?: string
  readonly concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace'
  readonly suspend?: boolean
}

const label = 'app.kubernetes.io/name'

/** Builds a Job that runs a script in one Pod. */
export function job(name: string, options: JobOptions) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels: { [label]: name } },
    spec: jobSpec(name, options),
  } satisfies V1Job
}

/** Builds a CronJob that runs a script. What is not asked for is left to the API server's defaults. */
export function cronJob(name: string, { schedule, timeZone, concurrencyPolicy, suspend, ...options }: CronJobOptions) {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, labels: { [label]: name } },
    spec: {
      schedule,
      ...(timeZone !== undefined && { timeZone }),
      ...(concurrencyPolicy !== undefined && { concurrencyPolicy }),
      ...(suspend !== undefined && { suspend }),
      jobTemplate: { spec: jobSpec(name, options) },
    },
  } satisfies V1CronJob
}

/** Builds a Job from the template of a stored CronJob, as `kubectl create job --from` does. Throws `Inconclusive` when it has none. */
export function jobFrom(stored: ObservedObject, name: string) {
  const spec = field(stored, 'spec', 'jobTemplate', 'spec') as V1Job['spec']
  if (spec === undefined) {
    throw new Inconclusive().withDetails({ reason: { summary: `CronJob ${stored.metadata.name} has no template of a Job.` } })
  }
  const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name: stored.metadata.name, uid: stored.metadata.uid, controller: true }
  const annotations = { 'cronjob.kubernetes.io/instantiate': 'manual' }
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, annotations, ownerReferences: [owner] }, spec } satisfies V1Job
}

function jobSpec(name: string, options: JobOptions) {
  const { image, shell = 'bash', script, env = [], mounts = {}, node, restartPolicy = 'Never', backoffLimit = 0 } = options
  const { serviceAccount, securityContext } = options
  return {
    backoffLimit,
    template: {
      metadata: { labels: { [label]: name } },
      spec: {
        restartPolicy,
        enableServiceLinks: false,
        automountServiceAccountToken: serviceAccount !== undefined,
        ...(serviceAccount !== undefined && { serviceAccountName: serviceAccount }),
        ...(node !== undefined && { affinity: onNode(node) }),
        ...(securityContext && { securityContext }),
        terminationGracePeriodSeconds: 1,
        containers: [
          {
            name: 'job',
            image,
            imagePullPolicy: 'IfNotPresent',
            command: [shell, '-c', script],
            env,
            volumeMounts: volumeMountsOf(mounts),
          },
        ],
        volumes: volumesOf(mounts),
      },
    },
  }
}
