import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import { ownerAnnotation } from '../../../../contract/annotations.ts'
import { mutantLabel, namespaceLabel } from '../../../../contract/labels.ts'
import { ownerText, thisOwner } from '../../../../contract/owner.ts'
import { type Manifest, named, type Reference } from '../../../engine/kubernetes/reference.ts'
import type { ObservedObject } from '../../../engine/history/history-entry.ts'
import type { History } from '../../../engine/history/history.ts'
import type { KubernetesApi } from '../../../engine/kubernetes/api.ts'
import { backup, type BackupSpec, deleteBackupRequest } from '../backup/backup.ts'
import { restore, type RestoreSpec } from '../restore/restore.ts'
import { schedule, type ScheduleSpec } from '../schedule/schedule.ts'
import { type Attempts, type NamespaceActs, namespaceActs } from '../../../engine/fixtures/namespace.ts'
import { mustHaveVelero } from '../must-have-velero.ts'
import { isVeleroObjectOf } from '../velero-kinds.ts'

/** A Schedule whose Backups are of the guarantee's namespace unless told otherwise. */
export type ScheduleRequest = Omit<ScheduleSpec, 'template'> & { readonly template?: BackupSpec }

/**
 * Velero, as a suite asks it for something. Its objects live in its own namespace; those of a guarantee are labelled with the
 * guarantee's namespace, their names begin with it, and they are removed with it. Needs the feature `Velero`.
 */
export interface Velero {
  /** Namespace of Velero's objects. */
  readonly namespace: string
  /** The full name of an object of this guarantee: `nameOf('taken')` is `hf-…-taken`. */
  nameOf(name: string): string
  /** Asks for a Backup, of the namespace of the guarantee unless told otherwise. Resolves to its full name. */
  backup(name: string, spec?: BackupSpec): Promise<string>
  /** Asks for a Restore. Resolves to its full name. */
  restore(name: string, spec: RestoreSpec): Promise<string>
  /** Asks for a Schedule. Resolves to its full name. */
  schedule(name: string, spec: ScheduleRequest): Promise<string>
  /** Asks that a Backup is removed with its data, by a request of that name. Resolves to the full name of the DeleteBackupRequest. */
  deleteBackup(backup: string, request?: string): Promise<string>
  /**
   * Server-side apply of anything in Velero's namespace under a name of this guarantee, such as a ConfigMap or a BackupStorageLocation.
   * Throws a `TypeError` for what would change a Velero that Holdfast did not install.
   */
  apply(manifest: Manifest): Promise<ObservedObject>
  /** JSON merge patch of an object of this guarantee. */
  patch(reference: Reference, change: unknown): Promise<ObservedObject>
  /** Deletes an object of this guarantee; a Backup so deleted leaves its data. */
  delete(reference: Reference): Promise<void>
  /** Reads any object in Velero's namespace as it is now. */
  read(reference: Reference): Promise<ObservedObject>
  /** The same acts, where being refused is an answer like another. */
  readonly attempt: Omit<Attempts, 'read' | 'dryRun'>
}

/** Kinds that suites make in the namespace of a Velero that Holdfast did not install: neither locations nor settings. */
const madeOfShared: readonly string[] = ['Backup', 'Restore', 'Schedule', 'DeleteBackupRequest']

/** What is asked of Velero for the guarantee of a namespace. Throws `Inconclusive` at the first use on a cluster without Velero. */
export function veleroActs(options: {
  readonly api: KubernetesApi
  readonly history: History
  readonly cluster: ClusterRecord
  /** Namespace of the guarantee. */
  readonly namespace: string
  /** Broken rule under which the guarantee is put to the test; what is asked for carries its name. */
  readonly mutant?: string | undefined
  readonly signal: AbortSignal
}): Velero {
  const { api, history, cluster, namespace, mutant, signal } = options
  const place = () => mustHaveVelero(cluster.velero).namespace
  const acts = (): NamespaceActs => namespaceActs({ api, history, name: place(), signal })
  const nameOf = (name: string) => (isOurs(name) ? name : `${namespace}-${name}`)
  const isOurs = (name: string) => isVeleroObjectOf(namespace, { metadata: { name, uid: '', resourceVersion: '' } })

  const owned = (manifest: Manifest): Manifest => {
    const { metadata } = manifest
    const shared = cluster.velero?.shared !== undefined
    if (shared && !madeOfShared.includes(manifest.kind))
      throw new TypeError(
        `${manifest.kind} ${metadata.name} would change a Velero that others use: suites ask it only for ${madeOfShared.join(', ')}.`,
      )
    const labels = { ...metadata.labels, [namespaceLabel]: namespace, ...(mutant !== undefined && { [mutantLabel]: mutant }) }
    // By its owner the next run knows it for abandoned, where this one is killed while the namespace of the guarantee is not there.
    const annotations = { ...metadata.annotations, [ownerAnnotation]: ownerText(thisOwner()) }
    return { ...manifest, metadata: { ...metadata, name: nameOf(metadata.name), labels, annotations } }
  }
  const ours = (reference: Reference): Reference => {
    const { kind, name } = named(reference)
    if (isOurs(name)) return reference
    throw new TypeError(`${kind} ${name} is not of namespace ${namespace}: suites change nothing of Velero but what they made.`)
  }
  const made = async (manifest: Manifest) => (await acts().apply(owned(manifest))).metadata.name

  return {
    get namespace() {
      return place()
    },
    nameOf,
    backup: async (name, spec = {}) => made(backup(name, { cluster, namespace, ...spec })),
    restore: async (name, spec) => made(restore(name, spec)),
    schedule: async (name, spec) => made(schedule(name, { cluster, namespace, ...spec })),
    async deleteBackup(name, request = 'delete') {
      const { metadata } = await acts().read(ours({ kind: 'Backup', name }))
      return made(deleteBackupRequest(metadata, request))
    },
    apply: async (manifest) => acts().apply(owned(manifest)),
    patch: async (reference, change) => acts().patch(ours(reference), change),
    delete: async (reference) => acts().delete(ours(reference)),
    read: async (reference) => acts().read(reference),
    attempt: {
      apply: async (manifest) => acts().attempt.apply(owned(manifest)),
      create: async (manifest, validation) => acts().attempt.create(owned(manifest), validation),
      patch: async (reference, change) => acts().attempt.patch(ours(reference), change),
    },
  }
}
