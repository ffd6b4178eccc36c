import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { temporaryPrefix } from '../../contract/owner.ts'
import { connectDriver, type DriverClient } from './driver-client.ts'
import { startDriverProcess, type DriverProcess } from './driver-process.ts'

/** Options of a volume in a test. */
export interface WantedVolume {
  readonly parameters?: object
  readonly volume_content_source?: object
  readonly capability?: object
  readonly bytes?: number
  readonly readonly?: boolean
}

/** A volume that is attached to a node, staged and published there. */
export interface UsedVolume {
  readonly volume_id: string
  readonly staging_target_path: string
  /** Path at which a Pod would see it. */
  readonly path: string
  readonly volume_capability: object
  readonly node: string
}

/** One line of the call log. */
export interface LoggedCall {
  readonly method: string
  readonly code: string
  readonly fault?: string
  readonly volumeId?: string
  readonly snapshotId?: string
  readonly frozenMs?: number
  readonly durationMs: number
  readonly request: object
}

/** Real driver processes on real loop devices, in a directory of their own. */
export interface DriverFixture extends AsyncDisposable {
  readonly directory: string
  readonly dataDirectory: string
  /** The controller and the services of node-1. */
  readonly client: DriverClient
  /** The services of node-2. */
  readonly second: DriverClient
  readonly create: (name: string, wanted?: WantedVolume) => Promise<string>
  readonly use: (volume_id: string, wanted?: WantedVolume & { readonly node?: 'node-1' | 'node-2' }) => Promise<UsedVolume>
  /** Creates a volume and uses it on node-1. */
  readonly mounted: (name: string, wanted?: WantedVolume) => Promise<UsedVolume>
  /** Takes a volume from its node. */
  readonly detached: (volume: UsedVolume) => Promise<void>
  /** Takes volumes from their nodes and deletes them. */
  readonly removed: (...volumes: readonly UsedVolume[]) => Promise<void>
  readonly callLog: () => readonly LoggedCall[]
  /** Calls in which a fault was applied, as method and fault. */
  readonly appliedFaults: () => readonly string[]
}

export const mebibyte = 1024 ** 2

/** A capability for one node, unless another access mode is given. */
export function capabilityFor(mode = 'SINGLE_NODE_WRITER', type: object = { mount: { fs_type: 'xfs' } }): object {
  return { ...type, access_mode: { mode } }
}

/** Starts a driver with faults enabled: controller and node-1 in one process, node-2 in another. */
export async function openDriverFixture(extraFlags: readonly string[] = []): Promise<DriverFixture> {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('driver')))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rmSync(directory, { recursive: true, force: true }))
  const driver: DriverProcess = stack.use(
    await startDriverProcess({ directory, nodeId: 'node-1', extraFlags: ['--faults', ...extraFlags] }),
  )
  const other = mkdtempSync(join(tmpdir(), temporaryPrefix('driver')))
  stack.defer(() => rmSync(other, { recursive: true, force: true }))
  const secondFlags = ['--mode=node', `--data-directory=${driver.dataDirectory}`, '--faults', '--zone=zone-b']
  const node = stack.use(await startDriverProcess({ directory: other, nodeId: 'node-2', extraFlags: secondFlags }))
  const client = stack.use(connectDriver(driver.socket))
  const second = stack.use(connectDriver(node.socket))
  const held = stack.move()
  let made = 0

  const create: DriverFixture['create'] = async (name, wanted = {}) => {
    const { parameters = {}, volume_content_source, capability = capabilityFor(), bytes = 300 * mebibyte } = wanted
    const { volume } = await client.call('CreateVolume', {
      name,
      volume_capabilities: [capability],
      capacity_range: { required_bytes: bytes },
      parameters,
      ...(volume_content_source === undefined ? {} : { volume_content_source }),
    })
    return volume.volume_id
  }
  const use: DriverFixture['use'] = async (volume_id, { capability = capabilityFor(), readonly = false, node: nodeId = 'node-1' } = {}) => {
    made += 1
    const base = nodeId === 'node-1' ? directory : other
    const volume = {
      volume_id,
      volume_capability: capability,
      staging_target_path: join(base, `staging-${made}`),
      path: join(base, `pod-${made}`),
    }
    const at = nodeId === 'node-1' ? client : second
    await client.call('ControllerPublishVolume', { volume_id, node_id: nodeId, volume_capability: capability, readonly })
    await at.call('NodeStageVolume', volume)
    await at.call('NodePublishVolume', { ...volume, target_path: volume.path, readonly })
    return { ...volume, node: nodeId }
  }
  const detached: DriverFixture['detached'] = async ({ volume_id, path, staging_target_path, node: nodeId }) => {
    const at = nodeId === 'node-1' ? client : second
    await at.call('NodeUnpublishVolume', { volume_id, target_path: path })
    await at.call('NodeUnstageVolume', { volume_id, staging_target_path })
    await client.call('ControllerUnpublishVolume', { volume_id, node_id: nodeId })
  }
  const callLog = (): LoggedCall[] =>
    ['node-1-all', 'node-2-node'].flatMap((name) =>
      readFileSync(join(driver.dataDirectory, `calls/${name}.jsonl`), 'utf8')
        .trim()
        .split('\n')
        .filter((line) => line !== '')
        .map((line): LoggedCall => JSON.parse(line)),
    )
  return {
    directory,
    dataDirectory: driver.dataDirectory,
    client,
    second,
    create,
    use,
    detached,
    callLog,
    mounted: async (name, wanted) => await use(await create(name, wanted), wanted),
    removed: async (...volumes) => {
      for (const volume of volumes) await detached(volume)
      for (const { volume_id } of volumes) await client.call('DeleteVolume', { volume_id })
    },
    appliedFaults: () => callLog().flatMap(({ method, fault }) => (fault === undefined ? [] : [`${method}: ${fault}`])),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}

/** Waits until something is so in a directory: looks at once and after every change in it. The test's own limit ends it. */
export async function untilInDirectory(directory: string, isSo: () => boolean): Promise<void> {
  const watcher = watch(directory)
  try {
    while (!isSo()) await once(watcher, 'change')
  } finally {
    watcher.close()
  }
}
