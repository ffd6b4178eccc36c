import { isDeepStrictEqual } from 'node:util'
import type { V1DaemonSet, V1Deployment, V1PodTemplateSpec } from '@kubernetes/client-node'
import type { ClusterApi } from '../api.ts'
import { rolloutOf } from '../readiness/rollout.ts'
import { untilAnswered } from '../until-answered.ts'
import { runsMutated } from './mutated-template.ts'
import type { Workload } from './targets.ts'

type Read = V1Deployment | V1DaemonSet

const referenceOf = ({ kind, namespace, name }: Workload) => ({ apiVersion: 'apps/v1', kind, namespace, name })

async function read(api: ClusterApi, workload: Workload): Promise<Read> {
  const found = await api.read<Read>(referenceOf(workload))
  if (found === undefined) throw new TypeError(`There is no ${workload.kind} ${workload.namespace}/${workload.name}.`)
  return found
}

/** The Pod template of a workload, as it is. */
export async function readTemplate(api: ClusterApi, workload: Workload): Promise<V1PodTemplateSpec> {
  const template = (await read(api, workload)).spec?.template
  return JSON.parse(JSON.stringify(template)) as V1PodTemplateSpec
}

/** Gives a workload a Pod template in place of the one it has. */
export async function writeTemplate(api: ClusterApi, workload: Workload, template: V1PodTemplateSpec): Promise<void> {
  const object = await untilAnswered(async () => read(api, workload))
  if (object.spec === undefined || isDeepStrictEqual(JSON.parse(JSON.stringify(object.spec.template)), template)) return
  object.spec.template = template
  // Its status changes all the time: only the template matters here.
  delete object.metadata?.resourceVersion
  await untilAnswered(async () => api.objects.replace(object))
}

/** A Pod template that runs the binary with mutants. */
export function mutatedTemplate(
  template: V1PodTemplateSpec,
  { container, binary, mutant }: { readonly container: string; readonly binary: string; readonly mutant: string },
): V1PodTemplateSpec {
  const mutated = structuredClone(template)
  if (mutated.spec !== undefined) runsMutated(mutated.spec, { container, binary, mutant })
  return mutated
}

/** What is missing until every Pod of a workload is of its template; undefined when nothing is. */
export async function missingOf(api: ClusterApi, workload: Workload): Promise<string | undefined> {
  const object = await read(api, workload)
  const rollout = rolloutOf(object)
  if (rollout.state !== 'done') return `${workload.kind} ${workload.name} ${rollout.why}`
  const { status } = object
  const old = status !== undefined && 'replicas' in status ? (status.replicas ?? 0) - (status.updatedReplicas ?? 0) : 0
  return old > 0 ? `${old} old Pods of ${workload.kind} ${workload.name} are left` : undefined
}
