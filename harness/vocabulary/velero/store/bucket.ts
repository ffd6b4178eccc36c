import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import { act } from '../../../engine/kubernetes/act.ts'
import type { MeasurementName } from '../../../engine/measurement.ts'
import { Inconclusive } from '../../../engine/judge/errors.ts'
import type { History } from '../../../engine/history/history.ts'
import { flipByte } from '../../data/flip-byte.ts'
import { filesBelow, type StoreFixtures } from './stored.ts'

/** One object as the store keeps it. */
export interface StoredObject {
  readonly key: string
  readonly bytes: number
  readonly sha256: string
}

/** A bucket of a guarantee's own in the object store beside the cluster, seen from below: as the files in which the store keeps it. */
export interface Bucket {
  readonly name: string
  /** Makes the bucket. It goes with the namespace of the guarantee. */
  make(): void
  /** Turns one byte in the middle of each object into another, as a failing disk does. The act is recorded. */
  damage(): Promise<void>
  /** Keeps which objects there are, and their digests. */
  read(label: string): MeasurementName
}

/** Directory in which the store keeps the bucket of a guarantee, a neighbour of the one that Velero uses. */
function directoryOf({ objectStore }: Pick<ClusterRecord, 'objectStore'>, bucket: string): string | undefined {
  return objectStore && join(dirname(objectStore.directory), bucket)
}

/** The bucket of a guarantee: it is called like its namespace. Throws `Inconclusive` on a cluster without an object store. */
export function bucketOf({ cluster, namespace, measure, history }: StoreFixtures & { readonly history: History }): Bucket {
  const { name } = namespace
  const directory = directoryOf(cluster, name)
  if (directory === undefined) throw new Inconclusive().withDetails({ reason: { summary: `Cluster ${cluster.name} has no object store.` } })
  return {
    name,
    make: () => mkdirSync(directory),
    async damage() {
      const files = filesBelow(directory)
      const send = async () => files.forEach(flipByte)
      const answer = () => ({ code: 200, reason: 'OK', message: files.map((file) => relative(directory, file)).join(', ') })
      await act({ history, verb: 'damage', subject: { kind: 'Bucket', name }, send, answer })
    },
    read(label) {
      const objects = filesBelow(directory).map((file): StoredObject => {
        const content = readFileSync(file)
        return { key: relative(directory, file), bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
      })
      measure('stored-objects', label, { subject: { kind: 'Bucket', name }, value: objects })
      return { pod: name, label }
    },
  }
}

/** Removes the bucket of a guarantee, where it made one. */
export function removeBucket(cluster: Pick<ClusterRecord, 'objectStore'>, namespace: string): void {
  const directory = directoryOf(cluster, namespace)
  if (directory !== undefined && existsSync(directory)) rmSync(directory, { recursive: true })
}
