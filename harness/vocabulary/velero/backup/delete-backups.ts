import { rmSync } from 'node:fs'
import type { ClusterRecord, VeleroRecord } from '../../../../contract/cluster-record.ts'
import { field } from '../../../engine/object.ts'
import { storedPaths, storeInUse } from '../store/stored.ts'
import { listed, snapshotContents } from '../../../engine/kubernetes/bound-objects.ts'
import type { ObservedObject } from '../../../engine/history/history-entry.ts'
import { ignoreNotFound } from '../../../engine/kubernetes/api-error.ts'
import type { ApiRequest, KubernetesApi } from '../../../engine/kubernetes/api.ts'
import { resourcePath } from '../../../engine/kubernetes/resources.ts'
import { allFindings, inTurn } from '../../../engine/fixtures/tear-down.ts'
import { settled } from '../../../engine/watch/settled.ts'
import { isMadeBy } from '../../../engine/kubernetes/cluster-scoped.ts'
import { isVeleroObjectOf, veleroKinds } from '../velero-kinds.ts'
import { deleteBackupRequest } from './backup.ts'
import { describeKeptData, type KeptData } from './kept-data.ts'

/** What is removed, and where. */
export interface BackupsOf {
  readonly api: KubernetesApi
  readonly cluster: ClusterRecord
  readonly velero: VeleroRecord
  /** Namespace of the guarantee. */
  readonly namespace: string
  readonly signal: AbortSignal
  /** Seconds for one wait, twice that for data to be deleted; 30 when absent. No wait takes the time of what comes after it. */
  readonly oneWait?: number
}

type VeleroKind = keyof typeof veleroKinds

/** Phases in which Velero has not begun, or is done with, a Backup or Restore. */
const endPhases: readonly unknown[] = ['FailedValidation', 'Completed', 'PartiallyFailed', 'Failed']

/** Phases of a Backup of which nothing was ever stored. */
const neverBegun: readonly unknown[] = [undefined, 'New', 'Queued', 'ReadyToStart', 'FailedValidation']

/** What carries the data of volumes. Velero waits hours for one that is stuck, and restores nothing else meanwhile. */
const carriers = ['PodVolumeBackup', 'PodVolumeRestore', 'DataUpload', 'DataDownload'] as const

const mergePatch = { method: 'PATCH', contentType: 'application/merge-patch+json' } as const
const cancellation = { ...mergePatch, body: { spec: { cancel: true } } } as const
const withoutFinalizers = { ...mergePatch, body: { metadata: { finalizers: null } } } as const

/**
 * Removes what a guarantee made of Velero: Schedules first, then, once Velero is done with them, Backups with their data and Restores,
 * then the repository of its volumes. Returns what is left, each Backup whose data Velero did not remove, and what failed; never throws.
 */
export async function deleteBackups(options: BackupsOf): Promise<readonly string[]> {
  const { api, cluster, velero, namespace, signal, oneWait = 30 } = options
  const isOurs = velero.shared === undefined
  const forOneWait = (times = 1) => ({ ...options, signal: AbortSignal.any([signal, AbortSignal.timeout(times * oneWait * 1000)]) })
  const path = (kind: VeleroKind, name?: string) =>
    resourcePath(veleroKinds[kind], { namespace: velero.namespace, ...(name !== undefined && { name }) })
  const found = async (kind: VeleroKind) => (await listed(api, path(kind), signal)).filter((object) => isVeleroObjectOf(namespace, object))
  const ask = async (request: ApiRequest) => void (await api.send({ ...request, signal }).catch(ignoreNotFound))
  const removeAll = async (kind: VeleroKind) =>
    allDone((await found(kind)).map(async ({ metadata }) => ask({ method: 'DELETE', path: path(kind, metadata.name) })))
  const ended = async (kind: 'Backup' | 'Restore') => {
    const busy = await settledOf(forOneWait(), { kind, holds: (there) => there.every(({ status }) => hasEnded(status)) })
    return busy.filter(({ status }) => !hasEnded(status)).map(({ metadata }) => `${kind} ${metadata.name} did not end.`)
  }
  const gone = async (kind: 'Backup' | 'Restore') => {
    const left = await settledOf(forOneWait(), { kind, holds: (there) => there.length === 0 })
    const freed = left.map(async ({ metadata }) =>
      api.send({ ...withoutFinalizers, path: path(kind, metadata.name) }).catch(ignoreNotFound),
    )
    return [
      ...left.map(({ metadata }) => `${kind} ${metadata.name} remained until its finalizers were removed.`),
      ...(await allDone(freed)),
    ]
  }

  const kept: KeptData[] = []
  return inTurn({
    'Deleting Schedules': async () => removeAll('Schedule'),
    ...Object.fromEntries(
      carriers.map((kind) => [
        `Cancelling each ${kind}`,
        async () => allDone((await found(kind)).map(async ({ metadata }) => ask({ ...cancellation, path: path(kind, metadata.name) }))),
      ]),
    ),
    'Waiting for Backups to end': async () => ended('Backup'),
    'Waiting for Restores to end': async () => ended('Restore'),
    'Deleting the data of Backups': async () => {
      const waiting = forOneWait(2)
      return allDone((await found('Backup')).map(async (backup) => void kept.push(...(await deleteBackup(waiting, backup)))))
    },
    ...Object.fromEntries(
      (['Restore', 'Backup', 'DeleteBackupRequest', ...carriers] as const).map((kind) => [
        `Deleting each ${kind}`,
        async () => removeAll(kind),
      ]),
    ),
    'Deleting BackupRepositories': async () => {
      const repositories = (await listed(api, path('BackupRepository'), signal)).filter((repository) =>
        isRepositoryOf(namespace, repository),
      )
      const failed = await allDone(
        repositories.map(async ({ metadata }) => ask({ method: 'DELETE', path: path('BackupRepository', metadata.name) })),
      )
      return [...failed, ...(isOurs ? [] : repositories.map(leftInStore))]
    },
    ...(isOurs && removalOfSettings({ ...options, removeAll, ask })),
    'Waiting until Backups are gone': async () => gone('Backup'),
    'Waiting until Restores are gone': async () => gone('Restore'),
    // A repository is kept when its last backup goes, and what is stored of a Backup that Velero could not remove would bring it back.
    'Deleting what is stored': async () => {
      const store = storeInUse(cluster)
      if (store !== undefined) for (const stored of storedPaths(store, namespace)) rmSync(stored, { recursive: true, force: true })
    },
    'Looking for data that Velero did not remove': async () => kept.map((one) => describeKeptData(one, { cluster, namespace })),
  })
}

/** Removes what suites make besides in a Velero of ours: locations, ConfigMaps and Secrets. */
function removalOfSettings({
  api,
  velero,
  namespace,
  signal,
  removeAll,
  ask,
}: BackupsOf & {
  readonly removeAll: (kind: VeleroKind) => Promise<readonly string[]>
  readonly ask: (request: ApiRequest) => Promise<void>
}): Readonly<Record<string, () => Promise<readonly string[]>>> {
  return {
    'Deleting BackupStorageLocations': async () => removeAll('BackupStorageLocation'),
    ...Object.fromEntries(
      ['configmaps', 'secrets'].map((plural) => [
        `Deleting ${plural} of Velero`,
        async () => {
          const collection = `/api/v1/namespaces/${velero.namespace}/${plural}`
          const made = (await listed(api, collection, signal)).filter((object) => isMadeBy(namespace, object))
          return allDone(made.map(async ({ metadata }) => ask({ method: 'DELETE', path: `${collection}/${metadata.name}` })))
        },
      ]),
    ),
  }
}

/** How a finding ends of which nothing is left in the cluster. */
export const deletedInStore = ': delete it there.'

/** Velero removes no repository from its store, and ours are the only stores whose files are removed. */
function leftInStore({ spec }: ObservedObject): string {
  const [volumes, location] = ['volumeNamespace', 'backupStorageLocation'].map((name) => String(field(spec, name)))
  return `Velero keeps the repository kopia/${volumes} in the store of BackupStorageLocation ${location}${deletedInStore}`
}

/** Waits for all of it. Returns one sentence for each that failed. */
async function allDone(work: readonly Promise<unknown>[]): Promise<readonly string[]> {
  return allFindings(work.map(async (one) => one.then(() => [])))
}

function isRepositoryOf(namespace: string, repository: ObservedObject): boolean {
  const of = field(repository, 'spec', 'volumeNamespace')
  return typeof of === 'string' && (of === namespace || of.startsWith(`${namespace}-`))
}

function hasEnded(status: unknown): boolean {
  return endPhases.includes(field(status, 'phase'))
}

interface Awaited {
  readonly kind: VeleroKind
  readonly holds: (there: readonly ObservedObject[]) => boolean
}

async function settledOf({ api, velero, namespace, signal }: BackupsOf, { kind, holds }: Awaited): Promise<readonly ObservedObject[]> {
  const path = resourcePath(veleroKinds[kind], { namespace: velero.namespace })
  return settled({ api, kind, path, matches: (object) => isVeleroObjectOf(namespace, object), holds, signal })
}

/** Has Velero remove a Backup with its data, unless there is none. Returns what Velero did not remove. */
async function deleteBackup(options: BackupsOf, { metadata, spec, status }: ObservedObject): Promise<readonly KeptData[]> {
  const { api, velero, signal } = options
  if (neverBegun.includes(field(status, 'phase'))) return []
  const name = field(spec, 'storageLocation')
  const [location] = await settled({
    ...{ api, kind: 'BackupStorageLocation', signal },
    path: resourcePath(veleroKinds.BackupStorageLocation, { namespace: velero.namespace }),
    matches: (object) => object.metadata.name === name,
    holds: (there) => there.every((object) => field(object, 'status', 'phase') === 'Available'),
  })
  const path = resourcePath(veleroKinds.DeleteBackupRequest, { namespace: velero.namespace })
  const request = deleteBackupRequest(metadata, 'clean-up')
  await api.send({ method: 'POST', path, body: request, signal })
  let errors: readonly unknown[] = ['it did not answer']
  await settled({
    ...{ api, kind: 'DeleteBackupRequest', path, signal },
    fieldSelector: `metadata.name=${request.metadata.name}`,
    holds(there) {
      const processed = there.find((object) => field(object, 'status', 'phase') === 'Processed')
      const said = field(processed, 'status', 'errors')
      if (processed !== undefined || there.length === 0) errors = Array.isArray(said) ? said : []
      return processed !== undefined || there.length === 0
    },
  })
  const contents = await settled({
    ...{ api, kind: 'VolumeSnapshotContent', path: snapshotContents, signal },
    // What a Restore made of it goes with the namespace that it restored.
    labelSelector: `velero.io/backup-name=${metadata.name},!velero.io/restore-name`,
    holds: (there) => there.length === 0,
  })
  const why = errors.join('; ')
  return why === '' ? [] : [{ backup: metadata.name, why, location, contents: contents.map((content) => content.metadata.name) }]
}
