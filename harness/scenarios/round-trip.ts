import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { driverFilesGone } from '../vocabulary/csi-driver/files/driver-files-gone.ts'
import type { LogPair } from '../vocabulary/data/log-holds-exactly.ts'
import { measurementOf } from '../engine/measurement.ts'
import { field, observationsOf } from '../engine/object.ts'
import type { RestoredObjects } from '../vocabulary/velero/restore/restored-as-new-objects.ts'
import type { TreePair } from '../vocabulary/data/trees-equal.ts'
import { backupReached, namespaceDestroyed, podReady, restoreReached } from '../vocabulary/conditions.ts'
import { driverFiles } from '../vocabulary/csi-driver/files/driver-files.ts'
import { storeInUse, storedOf } from '../vocabulary/velero/store/stored.ts'
import { type Forgotten, type Tree, withoutForgotten } from '../vocabulary/data/tree.ts'
import { type TreeSize, volumeIn } from '../vocabulary/data/volume-in.ts'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import type { HistoryEntry, ObjectRef } from '../engine/history/history-entry.ts'
import type { BackupSpec } from '../vocabulary/velero/backup/backup.ts'
import type { RestoreSpec } from '../vocabulary/velero/restore/restore.ts'
import { addChapter } from '../engine/judge/story.ts'
import { catchUpOn } from '../engine/judge/catch-up-on.ts'
import { type Observer, together } from '../engine/watch/observer.ts'

/** Whose volume makes the trip. */
export interface RoundTripOptions {
  /** Pod of ours that mounts the volume, and the PersistentVolumeClaim. */
  readonly pod: string
  readonly pvc: string
  /** Suffix of the additional namespace into which a copy is restored; without it, everything is restored in place. */
  readonly into?: string
  /** What of a tree the way of the backup does not bring back. */
  readonly forgets?: readonly Forgotten[]
}

/** Marks between which a round trip is timed. */
const roundTripMarks = { from: 'asked for the backup', to: 'compared' } as const

/** What came back, to be judged: pairs of what was and what is, for the checks of that name. */
export interface ComeBack {
  readonly trees: TreePair
  readonly logs: LogPair
  readonly anew: RestoredObjects
}

/**
 * A namespace that is backed up, destroyed and restored, with a chapter for each step. Each step does what it says and waits for what
 * Velero promises; the suite judges what came back.
 */
export interface RoundTrip {
  /** Writes a tree and an acknowledged-write log, and keeps what a reader of the volume sees. */
  write(size: TreeSize): Promise<void>
  /** Asks for a Backup, which must complete. Resolves to its full name. */
  backUp(spec?: BackupSpec): Promise<string>
  /** Deletes the namespace; all of it must go: the objects, the volumes, the files that the CSI driver kept. */
  destroy(): Promise<void>
  /** Asks for a Restore, which must complete, and the Pod must be Ready. Resolves to the full name of the Restore. */
  restore(spec?: RestoreSpec): Promise<string>
  /** Reads what is in the volume now. */
  compare(): Promise<ComeBack>
}

/** Directory of the tree: what a Restore leaves of its own in the root of a volume is no data of ours. */
const treeDirectory = '/data/tree'

const before = 'before the backup'
const after = 'after the restore'
const destroyed = 'after the destruction'

/** A round trip of one Pod and its volume. Its watches are open once this resolves. */
export async function roundTrip(fixtures: ScenarioFixtures, { pod, pvc, into, forgets = [] }: RoundTripOptions): Promise<RoundTrip> {
  const { namespace, observe, velero, history, limits, cluster, measure, mark } = fixtures
  const copy = into === undefined ? undefined : fixtures.additionalNamespace(into)
  const there = copy ?? { ...fixtures, nameOf: (name: string) => name }
  const pods = await observe.pods()
  const everything = together(await observe.namespaces(), pods, await observe.pvcs(), await observe.pvs(), await observe.volumeSnapshots())
  const [backups, restores] = [await observe.backups(), await observe.restores()]
  await observe.podEvents()
  const podsThere = await openIn(there)
  const [tree, root] = [volumeIn(pod, fixtures, treeDirectory), volumeIn(pod, fixtures)]
  const ofVelero = (kind: string, name: string): ObjectRef => ({ kind, name, namespace: velero.namespace })
  const whole: ObjectRef = { kind: 'Namespace', name: namespace.name }
  const backup = { name: '' }
  const mapping = copy && { namespaceMapping: { [namespace.name]: copy.namespace.name } }

  return {
    async write(size) {
      await tree.populate(size)
      await tree.fill()
      await root.appendRecords(before)
      await tree.readTree(before)
      const facts = treeFacts(history.entries, before)
      const text = `A tree of files and a log of acknowledged writes were written to the volume of PersistentVolumeClaim ${pvc}. What was written is kept outside the volume.`
      addChapter(fixtures, 'Written', {
        subject: { kind: 'Pod', name: pod },
        text,
        facts: { ...facts, ...recordFacts(history.entries, before) },
      })
    },
    async backUp(spec = {}) {
      mark(roundTripMarks.from)
      const took = stopwatch()
      backup.name = await velero.backup('taken', spec)
      await expect(backups).toReach(backupReached({ backup: backup.name, phase: 'Completed' }), { within: limits.backupEnded })
      const text = `Backup ${backup.name} completed.`
      addChapter(fixtures, 'Backed up', {
        subject: ofVelero('Backup', backup.name),
        text,
        facts: { seconds: took(), ...storeFacts(fixtures) },
      })
      return backup.name
    },
    async destroy() {
      const took = stopwatch()
      await catchUpOn(history, ['PersistentVolume'])
      const handles = handlesIn(history.entries, namespace.name)
      await namespace.delete({ kind: 'Namespace', name: namespace.name })
      // The namespace would take its time over these, one kind after the other.
      await namespace.delete({ kind: 'Pod', name: pod }, { gracePeriodSeconds: 1 })
      await namespace.delete({ kind: 'PersistentVolumeClaim', name: pvc })
      await expect(everything).toReach(namespaceDestroyed({ namespace: namespace.name }), { within: limits.namespaceDestroyed })
      const found = driverFiles(cluster, handles)
      measure('driver-files', destroyed, { subject: whole, value: found })
      await expect(history).toUphold(driverFilesGone({ namespace: namespace.name, label: destroyed }))
      const files = found.left === null ? 'cannot be read' : `${found.left.length} left`
      const text = 'The namespace was deleted. Its Pods, PersistentVolumeClaims and PersistentVolumes are gone, and so are the volumes.'
      addChapter(fixtures, 'Destroyed', {
        subject: whole,
        text,
        facts: { seconds: took(), volumes: handles.length, 'files of the CSI driver': files },
      })
    },
    async restore(spec = {}) {
      const took = stopwatch()
      const restore = await velero.restore('back', { backupName: backup.name, ...mapping, ...spec })
      await expect(restores).toReach(restoreReached({ restore, phase: 'Completed' }), { within: limits.restoreEnded })
      const completed = took()
      await expect(podsThere).toReach(podReady({ pod: there.nameOf(pod) }), { within: limits.podReady })
      const text = `Restore ${restore} completed and Pod ${there.nameOf(pod)} is Ready.`
      addChapter(fixtures, 'Restored', {
        subject: ofVelero('Restore', restore),
        text,
        facts: { seconds: completed, 'seconds until Ready': took() },
      })
      return restore
    },
    async compare() {
      const trees = { forgets, expected: { pod, label: before }, actual: await volumeIn(pod, there, treeDirectory).readTree(after) }
      const logs = { acknowledged: { pod, label: before }, found: await volumeIn(pod, there).readRecords(after) }
      mark(roundTripMarks.to)
      const facts = treeFacts(history.entries, after)
      const same = digestOf(history.entries, before) === digestOf(history.entries, after)
      const text = `Every file was read again: the tree is ${same ? 'the same, byte for byte' : 'not the same'}.`
      addChapter(fixtures, 'Compared', { subject: { kind: 'Pod', name: pod }, text, facts })
      return { trees, logs, anew: { pods: [pod], pvcs: [pvc] } }
    },
  }

  function treeFacts(entries: readonly HistoryEntry[], label: string): Facts {
    const files = treeOf(entries, label)?.entries.filter(({ type }) => type === 'file') ?? []
    const bytes = files.reduce((sum, { size = 0 }) => sum + size, 0)
    return { files: files.length, bytes, 'SHA-256 of the tree': digestOf(entries, label) }
  }

  function recordFacts(entries: readonly HistoryEntry[], label: string): Facts {
    const kept = measurementOf(entries, { what: 'acknowledged-records', label, subject: pod })?.value
    return { 'acknowledged writes': Array.isArray(kept) ? kept.length : 0 }
  }

  function treeOf(entries: readonly HistoryEntry[], label: string): Tree | undefined {
    return measurementOf(entries, { what: 'tree', label, subject: pod })?.value as Tree | undefined
  }

  /** One digest for all paths, contents, modes, owners and times, but what is forgotten. */
  function digestOf(entries: readonly HistoryEntry[], label: string): string {
    return createHash('sha256')
      .update(JSON.stringify(withoutForgotten(treeOf(entries, label)?.entries ?? [], forgets)))
      .digest('hex')
  }
}

/** Opens the watches on what comes back. Resolves to that on its Pods. */
async function openIn({ observe }: Pick<ScenarioFixtures, 'observe'>): Promise<Observer> {
  await observe.pvcs()
  await observe.pvs()
  return observe.pods()
}

type Facts = Readonly<Record<string, string | number>>

/** Volume handles of the PersistentVolumes claimed from a namespace. */
function handlesIn(entries: readonly HistoryEntry[], namespace: string): readonly string[] {
  const handles = observationsOf(entries, 'PersistentVolume')
    .filter(({ object }) => field(object, 'spec', 'claimRef', 'namespace') === namespace)
    .map(({ object }) => field(object, 'spec', 'csi', 'volumeHandle'))
  return [...new Set(handles.filter((handle) => typeof handle === 'string'))]
}

function storeFacts({ cluster, namespace }: Pick<ScenarioFixtures, 'cluster' | 'namespace'>): Facts {
  const store = storeInUse(cluster)
  if (store === undefined) return {}
  const { metadataBytes, volumeDataBytes } = storedOf(store, namespace.name)
  return { 'bytes of definitions and logs in the bucket': metadataBytes, 'bytes of volume data in the bucket': volumeDataBytes }
}

/** Seconds since now, to a tenth. */
function stopwatch(): () => number {
  const start = performance.now()
  return () => Math.round((performance.now() - start) / 100) / 10
}
