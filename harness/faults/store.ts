import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { InjectedName } from '../../clusters/mutants/catalogue.ts'
import type { ObjectStoreRecord } from '../../contract/cluster-record.ts'
import { containerEngine } from '../vocabulary/node/container-engine.ts'
import { flipByte } from '../vocabulary/data/flip-byte.ts'
import { filesBelow, storedPaths, storeInUse } from '../vocabulary/velero/store/stored.ts'
import type { StoreSite } from '../engine/fixtures/injectable-fault.ts'
import { phaseOf } from '../engine/object.ts'
import type { EventFault, Injection } from './fault.ts'

/** The store of a Backup, and whose Backup it is. */
interface StoredBackup {
  readonly store: ObjectStoreRecord
  /** Namespace of the guarantee. */
  readonly namespace: string
  readonly backup: string
}

type StoreFault = (of: StoredBackup) => (Omit<Injection, 'subject' | 'request'> & { readonly target: string }) | undefined

/** What somebody else does to the object store once a Backup is seen in a phase. */
export const storeFaults = {
  'stored-object-deleted': onceBackupIs('Completed', (of) => {
    const file = storedObject(of)
    if (file === undefined) return undefined
    // Outside of what the store serves, where its metadata goes along.
    const hidden = join(dirname(dirname(of.store.directory)), 'hidden', of.backup, basename(file))
    return {
      target: relative(of.store.directory, file),
      inject: () => move(file, hidden),
      revert: async () => {
        if (!existsSync(hidden)) return
        // The store of a second cluster may be gone with it.
        if (existsSync(dirname(file))) move(hidden, file)
        else rmSync(hidden)
      },
    }
  }),
  'stored-byte-flipped': onceBackupIs('Completed', (of) => {
    const file = storedObject(of)
    if (file === undefined) return undefined
    let flipped = false
    const flip = () => {
      flipByte(file)
      flipped = !flipped
    }
    return {
      target: relative(of.store.directory, file),
      inject: flip,
      revert: async () => {
        if (flipped && existsSync(file)) flip()
      },
    }
  }),
  'store-goes-down': onceBackupIs('InProgress', ({ store: { container } }) => ({
    target: container,
    inject: async () => containerEngine(['kill', container]),
    revert: async () => void (await containerEngine(['start', container])),
  })),
} as const satisfies Readonly<Record<InjectedName<'store'>, EventFault<StoreSite>>>

function onceBackupIs(phase: 'InProgress' | 'Completed', fault: StoreFault): EventFault<StoreSite> {
  return {
    on({ kind, object }, { cluster, namespace }) {
      const store = storeInUse(cluster)
      if (store === undefined || kind !== 'Backup' || phaseOf(object) !== phase) return undefined
      const { name } = object.metadata
      const found = fault({ store, namespace, backup: name })
      if (found === undefined) return undefined
      const { target, ...injection } = found
      const subject = { kind: 'Backup', name, ...(cluster.velero && { namespace: cluster.velero.namespace }) }
      return { subject, request: { target }, ...injection }
    },
  }
}

/**
 * A stored object without which the Backup is not whole: the largest of the volume data where there is any, else the definitions; none in
 * the store of another cluster.
 */
function storedObject({ store, namespace, backup }: StoredBackup): string | undefined {
  const files = storedPaths(store, namespace).flatMap(filesBelow)
  // Kopia packs the content of files into objects whose names begin with p.
  const packs = files.filter((file) => basename(file).startsWith('p') && basename(dirname(file)) === namespace)
  const [largest] = packs.toSorted((one, other) => statSync(other).size - statSync(one).size)
  return largest ?? files.find((file) => basename(file) === `${backup}.tar.gz`)
}

function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  renameSync(from, to)
}
