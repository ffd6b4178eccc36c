import { expect } from 'vitest'
import type { Moment } from '../vocabulary/data/holds-acknowledged-prefix.ts'
import { backupReached, podReady, restoreReached, snapshotOfBackupReady } from '../vocabulary/conditions.ts'
import { readWrites, type Writer } from '../vocabulary/data/writer-in.ts'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import { pod } from '../vocabulary/objects.ts'
import { dataDirectory } from '../vocabulary/pod/builders/workload-container.ts'
import { addChapter } from '../engine/judge/story.ts'

/** What Backups are taken of, and by whom it is written meanwhile. */
export interface BackupSeries {
  readonly fixtures: ScenarioFixtures
  /** PersistentVolumeClaim that is written to. */
  readonly of: string
  readonly writer: Writer
  /** How many are taken. */
  readonly rounds: number
}

/** Backups taken one after the other under a writer, each restored into a namespace of its own. */
export interface BackupsWhileWriting {
  /** Takes them all, each asked for when the one before has completed. Keeps what was acknowledged before and after each snapshot. */
  take(): Promise<void>
  /** Restores them all, one after the other, but for the writer: Pods that do not write mount what came back. */
  restore(): Promise<void>
  /** Reads every restored volume. */
  read(): Promise<readonly Moment[]>
}

/** A series of Backups under a writer. Nothing is taken before `take` is called. */
export async function backupsWhileWriting({ fixtures, of, writer, rounds }: BackupSeries): Promise<BackupsWhileWriting> {
  const { namespace, additionalNamespace, observe, velero, limits, cluster } = fixtures
  const [backups, restores, volumeSnapshots] = [await observe.backups(), await observe.restores(), await observe.volumeSnapshots()]
  const trips = Array.from({ length: rounds }, (_, round) => ({ number: round + 1, copy: additionalNamespace(`copy-${round + 1}`) }))
  const taken = new Map<number, { readonly backup: string } & Pick<Moment, 'before' | 'after'>>()
  const reader = (number: number) => `reader-${number}`
  return {
    async take() {
      for (const { number } of trips) {
        const before = await writer.position(`before Backup ${number}`)
        const backup = await velero.backup(`taken-${number}`, {
          includedResources: ['pods', 'persistentvolumeclaims', 'persistentvolumes'],
        })
        await expect(volumeSnapshots).toReach(snapshotOfBackupReady({ backup }), { within: limits.backupEnded })
        taken.set(number, { backup, before, after: await writer.position(`after the snapshot of Backup ${number}`) })
        await expect(backups).toReach(backupReached({ backup, phase: 'Completed' }), { within: limits.backupEnded })
      }
      const text = 'The volume was backed up again and again while it was written to.'
      addChapter(fixtures, 'Backed up', { subject: { kind: 'PersistentVolumeClaim', name: of }, text, facts: { Backups: rounds } })
    },
    async restore() {
      for (const { number, copy } of trips) {
        const { backup: backupName = '' } = taken.get(number) ?? {}
        const namespaceMapping = { [namespace.name]: copy.namespace.name }
        const restore = await velero.restore(`back-${number}`, { backupName, namespaceMapping, excludedResources: ['pods'] })
        await expect(restores).toReach(restoreReached({ restore, phase: 'Completed' }), { within: limits.restoreEnded })
        const pods = await copy.observe.pods()
        await copy.namespace.apply(pod(reader(number), { cluster, pvc: of }))
        await expect(pods).toReach(podReady({ pod: copy.nameOf(reader(number)) }), { within: limits.podReady })
      }
      const text = 'Each Backup was restored into a namespace of its own.'
      addChapter(fixtures, 'Restored', { subject: { kind: 'PersistentVolumeClaim', name: of }, text, facts: { Restores: rounds } })
    },
    async read() {
      const moments: Moment[] = []
      for (const { number, copy } of trips) {
        const around = taken.get(number)
        const found = await readWrites(reader(number), copy, dataDirectory)
        if (around !== undefined) moments.push({ volumeSnapshot: `of Backup ${number}`, before: around.before, after: around.after, found })
      }
      return moments
    },
  }
}
