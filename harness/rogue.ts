import { mkdirSync, renameSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { execa } from 'execa'
import type { ClusterRecord, ObjectStoreRecord } from '../contract/cluster-record.ts'
import { act } from './acts/act.ts'
import { field } from './object.ts'
import { flipByte } from './data/flip-byte.ts'
import { filesBelow, storedPaths, storeInUse } from './data/stored.ts'
import type { History } from './history.ts'

/** Damage to one thing, and how it is made good, so that what is left can be removed. */
interface Damage {
  /** What is damaged, as the act tells it. */
  readonly target: string
  readonly harm: () => Promise<unknown> | void
  readonly repair: () => Promise<unknown> | void
}

interface Where {
  readonly store: ObjectStoreRecord
  readonly namespace: string
  readonly backup: string
}

/** What a third party does to the store of a Backup, and at which phase of the Backup, by name of the mutant. */
const deeds: Readonly<Record<string, { readonly at: 'InProgress' | 'Completed'; readonly damage: (where: Where) => Damage | undefined }>> =
  {
    'stored-object-deleted': {
      at: 'Completed',
      damage(where) {
        const file = storedObject(where)
        if (file === undefined) return undefined
        // Beside all that the store serves, where its metadata goes along.
        const hidden = join(dirname(dirname(where.store.directory)), 'hidden', where.backup, basename(file))
        return { target: relative(where.store.directory, file), harm: () => move(file, hidden), repair: () => move(hidden, file) }
      },
    },
    'stored-byte-flipped': {
      at: 'Completed',
      damage(where) {
        const file = storedObject(where)
        return file === undefined
          ? undefined
          : { target: relative(where.store.directory, file), harm: () => flipByte(file), repair: () => flipByte(file) }
      },
    },
    'store-goes-down': {
      at: 'InProgress',
      damage: ({ store: { container } }) => ({
        target: container,
        harm: async () => execa('docker', ['kill', container]),
        repair: async () => execa('docker', ['start', container]),
      }),
    },
  }

/**
 * Under a mutant that damages the object store, does the damage the moment the first Backup of the guarantee is seen in the phase that
 * the mutant names, before anything else looks at that event. Disposing of it makes the damage good.
 */
export function openRogue(options: {
  readonly mutant: string | undefined
  readonly cluster: ClusterRecord
  readonly history: History
  /** Namespace of the guarantee. */
  readonly namespace: string
}): AsyncDisposable {
  const { mutant = '', cluster, history, namespace } = options
  const deed = deeds[mutant]
  const store = storeInUse(cluster)
  if (deed === undefined || store === undefined) return { [Symbol.asyncDispose]: async () => undefined }

  let done: Promise<Damage> | undefined
  const leave = history.subscribe(() => {
    const last = history.entries.at(-1)
    if (done !== undefined || last?.type !== 'observation' || last.kind !== 'Backup') return
    if (field(last.object, 'status', 'phase') !== deed.at) return
    const { name } = last.object.metadata
    const damage = deed.damage({ store, namespace, backup: name })
    if (damage === undefined) return
    // Set before the act is recorded, which calls this listener again.
    const { promise, resolve, reject } = Promise.withResolvers<Damage>()
    done = promise
    done.catch(() => undefined)
    act({
      ...{ history, verb: 'sabotage', subject: { kind: 'Backup', name, ...(cluster.velero && { namespace: cluster.velero.namespace }) } },
      request: { mutant, file: damage.target },
      send: async () => damage.harm(),
      answer: () => ({ code: 200, reason: 'OK', message: 'done' }),
    }).then(() => resolve(damage), reject)
  })
  return {
    async [Symbol.asyncDispose]() {
      leave()
      await (await done)?.repair()
    },
  }
}

/** A stored object without which the Backup is not whole: the largest of the volume data where there is any, else the definitions; none in the store of another cluster. */
function storedObject({ store, namespace, backup }: Where): string | undefined {
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
