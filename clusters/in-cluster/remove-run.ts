import type { KubernetesObject } from '@kubernetes/client-node'
import { keptAnnotation } from '../../contract/annotations.ts'
import { runLabel } from '../../contract/labels.ts'
import { namespaceOfRun } from '../../contract/shards.ts'
import { clusterApi, type ClusterApi, type KubectlPlace, type ObjectReference, untilReady } from '../api.ts'
import { deleteAll, reasonOf } from '../delete-all.ts'
import { isUnknownKind } from '../existing/served-kinds.ts'
import type { Log } from '../log.ts'
import { referenceOf } from './make-objects.ts'

const rbac = 'rbac.authorization.k8s.io/v1'

/** Kinds of what a run makes outside of its own namespace, and its namespaces last: what is in them goes with them. */
const kinds = [
  { apiVersion: rbac, kind: 'ClusterRoleBinding' },
  { apiVersion: rbac, kind: 'ClusterRole' },
  { apiVersion: rbac, kind: 'RoleBinding' },
  { apiVersion: rbac, kind: 'Role' },
  { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' },
  { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass' },
  { apiVersion: 'groupsnapshot.storage.k8s.io/v1', kind: 'VolumeGroupSnapshotClass' },
  { apiVersion: 'v1', kind: 'Namespace' },
] as const

/**
 * Deletes all that carries the label of a run over shards, in whatever namespace, and nothing else; namespaces of failed guarantees that
 * are kept stay. Returns what could not be deleted or looked for, a sentence each.
 */
export async function removeRun(place: KubectlPlace, runId: string, log: Log): Promise<readonly string[]> {
  const api = clusterApi(place.kubeconfig, place.context)
  const findings: string[] = []
  const own: ObjectReference = { apiVersion: 'v1', kind: 'Namespace', name: namespaceOfRun(runId) }
  for (const { apiVersion, kind } of kinds) {
    try {
      const found = (await labelled(api, { apiVersion, kind }, runId)).filter(isOfRun(runId))
      for (const { metadata } of found) log(`deleting ${kind} ${metadata?.name ?? ''}`)
      findings.push(
        ...(await deleteAll(
          place,
          found.map((object) => referenceOf({ ...object, apiVersion, kind })),
        )),
      )
    } catch (error) {
      findings.push(`Whether the run left a ${kind} could not be read: ${reasonOf(error)}.`)
    }
  }
  // Its volume goes with it, which is no matter of the run any more, but would look like a leak to the next one.
  const look = async () => ((await api.read(own)) === undefined ? undefined : 'it is still there')
  await untilReady({ what: `The end of namespace ${own.name}`, within: goneWithin, every: 1, look }).catch((error: unknown) => {
    findings.push(reasonOf(error))
  })
  return findings
}

/** Seconds for the end of the namespace of a run, with its Pods and its volume. */
const goneWithin = 180

/** What a list says is checked once more: nothing that is not of the run is deleted. */
function isOfRun(runId: string): (object: KubernetesObject) => boolean {
  return ({ metadata }) => metadata?.labels?.[runLabel] === runId && metadata.annotations?.[keptAnnotation] === undefined
}

async function labelled(
  api: ClusterApi,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  runId: string,
): Promise<readonly KubernetesObject[]> {
  const none = undefined
  try {
    return (await api.objects.list(apiVersion, kind, none, none, none, none, none, `${runLabel}=${runId}`)).items
  } catch (error) {
    if (isUnknownKind(error)) return []
    throw error
  }
}
