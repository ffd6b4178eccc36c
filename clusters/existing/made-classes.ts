import { ApiException, type KubernetesObject } from '@kubernetes/client-node'
import { ownerAnnotation } from '../../contract/annotations.ts'
import { runLabel } from '../../contract/labels.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { describeOwner, livenessOf, ownerText, parseOwner, thisOwner } from '../../contract/owner.ts'
import { clusterApi, type ClusterApi, type ObjectReference } from '../api.ts'
import { deletion, notDeleted, reasonOf } from '../delete-all.ts'
import type { DriverDefinition } from '../driver-definition/definition.ts'
import { classesToMake, type NamedClasses, withNamedClasses } from '../driver-definition/made-classes.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { listIfServed } from './served-kinds.ts'
import { untilAnswered } from '../until-answered.ts'
import { statusMessage } from './status-message.ts'

/** Kinds of classes that a run makes on a cluster that Holdfast did not create. */
const kinds = [
  { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' },
  { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass' },
  { apiVersion: 'groupsnapshot.storage.k8s.io/v1', kind: 'VolumeGroupSnapshotClass' },
] as const

/** What the classes of a run are made from. */
export interface ClassesOfRun extends NamedClasses {
  readonly driver?: DriverDefinition | undefined
  readonly runId: string
  readonly log: Log
}

/**
 * Makes the classes that the definition of the driver asks for and that do not exist yet, under the names in the record. Disposing of them
 * deletes them. Classes that dead runs left are deleted first. Throws a `SetupError` when the cluster refuses one; nothing is left then.
 */
export async function makeClasses(record: ClusterRecord, of: ClassesOfRun): Promise<AsyncDisposable> {
  const api = clusterApi(record.kubeconfig, record.context)
  await sweepAbandonedClasses(api, of.log)
  const classes = of.driver === undefined ? [] : classesToMake(withNamedClasses(of.driver, of), record)
  await using stack = new AsyncDisposableStack()
  for (const manifest of classes) {
    const marked = withOwner(manifest, of.runId)
    // Registered before it is asked for: what is not answered may be there.
    stack.defer(async () => removeOwn(api, referenceOf(marked)))
    await createClass(api, marked)
    of.log(`Made ${marked.kind ?? ''} ${marked.metadata?.name ?? ''} of driver ${record.driver} for this run.`)
  }
  return stack.move()
}

function withOwner(object: KubernetesObject, runId: string): KubernetesObject {
  const labels = { ...object.metadata?.labels, [runLabel]: runId }
  const annotations = { ...object.metadata?.annotations, [ownerAnnotation]: ownerText(thisOwner()) }
  return { ...object, metadata: Object.assign({}, object.metadata, { labels, annotations }) }
}

function referenceOf({ apiVersion = '', kind = '', metadata }: KubernetesObject): ObjectReference {
  return { apiVersion, kind, name: metadata?.name ?? '' }
}

async function createClass(api: ClusterApi, object: KubernetesObject): Promise<void> {
  try {
    await api.objects.create(object)
  } catch (error) {
    if (!(error instanceof ApiException)) throw error
    const { kind } = object
    throw new SetupError(`The cluster refuses the ${kind ?? 'class'} that the driver definition asks for: ${statusMessage(error)}.`, {
      fix: `Name one that exists in the definition (FromExistingClassName), or with a flag.`,
      cause: error,
    })
  }
}

/** Deletes a class if this process made it. */
async function removeOwn(api: ClusterApi, reference: ObjectReference): Promise<void> {
  try {
    const found = await untilAnswered(async () => api.read<KubernetesObject>(reference))
    if (found?.metadata?.annotations?.[ownerAnnotation] === ownerText(thisOwner())) await api.delete(reference)
  } catch (error) {
    throw new Error(`${notDeleted([reference], error)} By hand: ${deletion(api.place, [reference])}`, { cause: error })
  }
}

/**
 * Deletes the classes that a run which was killed left. It deletes those alone whose process provably runs no more; of others it prints how
 * to delete them. What cannot be listed or deleted does not stop the run.
 */
async function sweepAbandonedClasses(api: ClusterApi, log: Log): Promise<void> {
  for (const { apiVersion, kind } of kinds) {
    const found = await listIfServed(api, apiVersion, kind).catch((error: unknown) => {
      log(`Whether a run that was killed left a ${kind} could not be read: ${reasonOf(error)}.`)
    })
    for (const { metadata } of found ?? []) {
      const text = metadata?.annotations?.[ownerAnnotation]
      if (text === undefined || metadata?.labels?.[runLabel] === undefined) continue
      const reference = { apiVersion, kind, name: metadata.name ?? '' }
      const liveness = livenessOf(parseOwner(text))
      if (liveness === 'unknown') {
        const who = describeOwner(parseOwner(text))
        log(`${kind} ${reference.name} belongs to ${who}, which may still be running. If it is not: ${deletion(api.place, [reference])}`)
      }
      if (liveness !== 'dead') continue
      log(`A run that was killed left ${kind} ${reference.name}: deleting it.`)
      await api.delete(reference).catch((error: unknown) => {
        log(`${notDeleted([reference], error)} By hand: ${deletion(api.place, [reference])}`)
      })
    }
  }
}
