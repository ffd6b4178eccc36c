import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { StartedTestContainer } from 'testcontainers'
import type { ObjectStoreRecord } from '../contract/cluster-record.ts'
import { type ClusterOwner, labelsOf } from './machine/cluster-owner.ts'
import { clusterParts } from './machine/cluster-parts.ts'
import { engine } from './machine/container-engine.ts'
import { because, SetupError } from './setup-error.ts'

const port = 7070
const bucket = 'velero'
const region = 'us-east-1'
const dataInContainer = '/data'

/** Access key and secret key of an object store. They are generated for each store and kept only in a Secret of the cluster. */
export interface ObjectStoreCredentials {
  readonly accessKey: string
  readonly secretKey: string
}

/** A running object store, and what signs requests to it. */
export interface StartedObjectStore {
  readonly record: ObjectStoreRecord
  readonly credentials: ObjectStoreCredentials
}

/**
 * Starts an S3 object store beside the clusters, on their network, with one empty bucket below `directory`. It stays when this process
 * ends and goes with the cluster it belongs to.
 */
export async function startObjectStore(options: {
  readonly cluster: string
  readonly owner: ClusterOwner
  /** Tells the stores of one cluster apart. */
  readonly name: string
  readonly image: string
  readonly directory: string
}): Promise<StartedObjectStore> {
  const { cluster, owner, name, image, directory } = options
  const container = `${cluster}-${name}`
  const credentials = { accessKey: `holdfast-${randomBytes(6).toString('hex')}`, secretKey: randomBytes(24).toString('hex') }
  // A bucket of this store is a directory.
  await mkdir(join(directory, bucket), { recursive: true })
  // The reaper of the library would end the store with this process; ours is the sweep.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true'
  const { GenericContainer, Wait } = await import('testcontainers')
  try {
    const started = await new GenericContainer(image)
      .withName(container)
      .withLabels(labelsOf(cluster, owner))
      .withNetworkMode(cluster)
      .withBindMounts([{ source: directory, target: dataInContainer, mode: 'rw' }])
      .withEnvironment({ ROOT_ACCESS_KEY: credentials.accessKey, ROOT_SECRET_KEY: credentials.secretKey })
      .withCommand(['--port', `:${port}`, '--region', region, 'posix', dataInContainer])
      .withWaitStrategy(Wait.forLogMessage(new RegExp(`:${port}`)))
      .withStartupTimeout(30_000)
      .start()
    return {
      record: { endpoint: endpointOf(started, cluster), region, bucket, directory: join(directory, bucket), container },
      credentials,
    }
  } catch (error) {
    throw new SetupError(`The object store ${container} did not start${because(error)}.`, {
      fix: `Read "docker logs ${container}".`,
      cause: error,
    })
  }
}

function endpointOf(started: StartedTestContainer, network: string): string {
  return `http://${started.getIpAddress(network)}:${port}`
}

/** Removes the object stores of a cluster. Returns what it removed, in words. Their data goes with the cluster's directory. */
export async function removeObjectStores(cluster: string): Promise<readonly string[]> {
  const parts = (await clusterParts()).get(cluster) ?? []
  const names = parts.filter(({ kind }) => kind === 'object store').map(({ name }) => name)
  if (names.length > 0) await engine(['rm', '--force', '--volumes', ...names])
  return names.map((name) => `object store ${name}`)
}
