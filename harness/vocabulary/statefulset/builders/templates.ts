import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import { Inconclusive } from '../../../engine/judge/errors.ts'

/** Annotation by which `kubectl rollout restart` makes a template another one. */
const restartedAt = 'kubectl.kubernetes.io/restartedAt'

/** Where a Pod says for which restart it was made. */
export const restartOf: readonly string[] = ['metadata', 'annotations', restartedAt]

/**
 * Change of a workload that gives its Pods another template, as `kubectl rollout restart` does; `when` tells one change from another.
 * `change` is made to the template at the same time.
 */
export function restart(when: string, change?: { readonly spec: { readonly template: object } }) {
  return { spec: { template: { ...change?.spec.template, metadata: { annotations: { [restartedAt]: when } } } } } as const
}

interface Workload {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly object[] } } }
}

/** Change of a workload that gives its containers another image, which the nodes have already. */
export function otherImage({ spec: { template } }: Workload, image: string) {
  const containers = template.spec.containers.map((container) => ({ ...container, image, imagePullPolicy: 'Never' }))
  return { spec: { template: { spec: { containers } } } } as const
}

/** Change of a workload whose Pods are Ready so many seconds after they run, and no sooner. */
export function slowlyReady({ spec: { template } }: Workload, { seconds }: { readonly seconds: number }) {
  const readinessProbe = { exec: { command: ['true'] }, initialDelaySeconds: seconds, periodSeconds: 1 }
  const containers = template.spec.containers.map((container) => ({ ...container, readinessProbe }))
  return { spec: { template: { spec: { containers } } } } as const
}

/** Reference of a second image that every node has, with the same shell as the workload image. Throws `Inconclusive` when there is none. */
export function anotherImage({ name, images }: Pick<ClusterRecord, 'name' | 'images'>): string {
  const image = images.find((one) => one.name === 'csi-hostpath')
  if (image !== undefined) return image.reference
  throw new Inconclusive().withDetails({ reason: { summary: `Cluster ${name} has no second image to run Pods from.` } })
}

/** Reference of an image that no node has. */
export const missingImage = 'holdfast.invalid/missing:none'

/** Change of a Pod that lets the kubelet end it as failed within seconds: its time is over. */
export const deadlinePassed = { spec: { activeDeadlineSeconds: 1 } } as const

/**
 * A workload whose Pods are given to no node until `schedulable` is applied to them, so that no kubelet writes their status. See
 * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-scheduling-readiness/
 */
export function unscheduled<Of extends Workload>(workload: Of) {
  const { template } = workload.spec
  const spec = { ...template.spec, schedulingGates: [{ name: 'holdfast.dev/unscheduled' }] }
  return { ...workload, spec: { ...workload.spec, template: { ...template, spec } } } as const
}

/** Change of a Pod that was made `unscheduled`, after which it is given to a node. */
export const schedulable = { spec: { schedulingGates: null } } as const
