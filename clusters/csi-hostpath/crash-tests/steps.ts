import { mkdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { loopDevices } from '../../loop-devices.ts'
import { copying, possibleMarks, type Known, type KnownSnapshot, type KnownVolume, type FsType } from './known.ts'
import { nodeId } from './killable-driver.ts'
import { markFor, nothing, readMark, writeMark } from './marked-file.ts'
import type { RetryingLine } from './retrying-line.ts'

/** Context of every step of a load. */
export interface Load {
  readonly directory: string
  readonly line: RetryingLine
  readonly known: Known
}

/** What a new volume starts with. */
export type Origin = { readonly volume: KnownVolume } | { readonly snapshot: KnownSnapshot } | undefined

function capabilityOf(fsType: FsType): object {
  return { mount: { fs_type: fsType }, access_mode: { mode: 'SINGLE_NODE_WRITER' } }
}

/** More than the journal and the tables of a file system of a few hundred megabytes. */
const overheadLimit = 100 * 1024 ** 2

function contentSource(origin: Origin): object {
  if (origin === undefined) return {}
  const content = 'volume' in origin ? { volume: { volume_id: origin.volume.id } } : { snapshot: { snapshot_id: origin.snapshot.id } }
  return { volume_content_source: content }
}

/** Fails the load with a sentence unless something holds. */
export function demand(condition: boolean, sentence: string): void {
  if (!condition) throw new Error(sentence)
}

/** A volume to create. */
interface NewVolume {
  readonly name: string
  readonly size: number
  /** Of a blank volume; a copy has that of its origin. */
  readonly fsType?: FsType
  readonly origin: Origin
}

/** Creates a volume, blank or with the content of another. */
export async function createVolume(load: Load, options: NewVolume): Promise<KnownVolume> {
  const { name, size, origin } = options
  const source = origin === undefined ? undefined : 'volume' in origin ? origin.volume : origin.snapshot
  const { fsType } = source ?? { fsType: 'xfs', ...options }
  const request = { name, volume_capabilities: [capabilityOf(fsType)], capacity_range: { required_bytes: size }, ...contentSource(origin) }
  const send = () => load.line.call('CreateVolume', request)
  const from = origin !== undefined && 'volume' in origin ? origin.volume.written : 0
  const { volume } = await (source === undefined ? send() : copying([source], send))
  demand(Number(volume.capacity_bytes) === size, `CreateVolume ${name} answered ${volume.capacity_bytes} bytes, not ${size}.`)
  const known: KnownVolume = {
    name,
    id: volume.volume_id,
    fsType,
    context: volume.volume_context,
    size,
    sizeAtMost: size,
    copiers: 0,
    reserved: false,
    attachment: undefined,
    staging: undefined,
    published: undefined,
    // A copy holds what its source held at some moment of the call.
    marks: source === undefined ? [nothing] : source.marks.slice(from),
    written: 0,
    overhead: undefined,
    counter: 0,
  }
  load.known.volumes.add(known)
  return known
}

/** Attaches a volume to the node and stages it there. */
export async function stage(load: Load, volume: KnownVolume): Promise<void> {
  const { id: volume_id, context: volume_context } = volume
  const common = { volume_id, volume_context, volume_capability: capabilityOf(volume.fsType) }
  if (volume.attachment === undefined) {
    const { publish_context } = await load.line.call('ControllerPublishVolume', { ...common, node_id: nodeId })
    volume.attachment = publish_context
  }
  const path = join(load.directory, 'staging', volume.name)
  await mkdir(path, { recursive: true })
  await load.line.call('NodeStageVolume', { ...common, publish_context: volume.attachment, staging_target_path: path })
  volume.staging = path
}

/** Publishes a staged volume and demands that it has its size and its content. */
export async function publish(load: Load, volume: KnownVolume): Promise<void> {
  const path = join(load.directory, 'pods', volume.name)
  await load.line.call('NodePublishVolume', {
    volume_id: volume.id,
    volume_context: volume.context,
    publish_context: volume.attachment,
    volume_capability: capabilityOf(volume.fsType),
    staging_target_path: volume.staging,
    target_path: path,
  })
  volume.published = path
  await check(volume, path)
}

/** Demands that a mounted volume has the size and the content that its user remembers. */
async function check(volume: KnownVolume, path: string): Promise<void> {
  const mark = await readMark(path)
  const possible = possibleMarks(volume)
  demand(possible.includes(mark), `Volume ${volume.name} ${volume.id} holds “${mark}”, not ${possible.join(' or ')}.`)
  // Appended, not replaced: somebody who copies the volume right now remembers where the marks began.
  volume.marks.push(mark)
  volume.written = volume.marks.length - 1
  const { blocks, bsize } = await statfs(path)
  const overhead = volume.size - blocks * bsize
  const sizes = `The file system of ${volume.name} ${volume.id} has ${blocks * bsize} bytes, the volume ${volume.size}`
  demand(overhead > 0 && overhead < overheadLimit, `${sizes}.`)
  // The tables of an ext4 grow with it.
  if (volume.fsType === 'ext4') return
  volume.overhead ??= overhead
  demand(overhead === volume.overhead, `${sizes}; the difference was ${volume.overhead} before.`)
}

/** Writes the next mark into a published volume. */
export async function write(volume: KnownVolume): Promise<void> {
  volume.counter += 1
  const mark = markFor(volume.name, volume.counter)
  volume.marks.push(mark)
  await writeMark(volume.published ?? '', mark)
  volume.written = volume.marks.length - 1
}

/** Expands a volume, and its file system where it is published. */
export async function expand(load: Load, volume: KnownVolume, size: number): Promise<void> {
  const { id: volume_id } = volume
  volume.sizeAtMost = size
  const answer = await load.line.call('ControllerExpandVolume', { volume_id, capacity_range: { required_bytes: size } })
  demand(
    Number(answer.capacity_bytes) === size,
    `ControllerExpandVolume ${volume.name} answered ${answer.capacity_bytes} bytes, not ${size}.`,
  )
  volume.size = size
  if (volume.published === undefined) return
  const { staging: staging_target_path, published: volume_path } = volume
  await load.line.call('NodeExpandVolume', { volume_id, volume_path, staging_target_path, capacity_range: { required_bytes: size } })
  await check(volume, volume_path)
}

/** Takes a snapshot, while `meanwhile` goes on. */
export async function takeSnapshot(
  load: Load,
  volume: KnownVolume,
  options: { readonly name: string; readonly meanwhile: () => Promise<void> },
) {
  const { name, meanwhile } = options
  const { size } = volume
  const from = volume.written
  const request = { name, source_volume_id: volume.id }
  const [{ snapshot }] = await copying([volume], () => Promise.all([load.line.call('CreateSnapshot', request), meanwhile()]))
  demand(snapshot.ready_to_use && Number(snapshot.size_bytes) === size, `CreateSnapshot ${name} answered ${JSON.stringify(snapshot)}.`)
  const known: KnownSnapshot = {
    name,
    id: snapshot.snapshot_id,
    fsType: volume.fsType,
    size,
    marks: volume.marks.slice(from),
    copiers: 0,
    reserved: false,
  }
  load.known.snapshots.add(known)
  return known
}

/** Takes a volume from its Pod. */
export async function unpublish(load: Load, volume: KnownVolume): Promise<void> {
  const target_path = volume.published
  volume.published = undefined
  await load.line.call('NodeUnpublishVolume', { volume_id: volume.id, target_path })
}

/** Takes a volume from the node, and detaches it too if that is wanted. */
export async function unstage(load: Load, volume: KnownVolume, options: { readonly detach: boolean }): Promise<void> {
  const staging_target_path = volume.staging
  volume.staging = undefined
  await load.line.call('NodeUnstageVolume', { volume_id: volume.id, staging_target_path })
  // Whoever copies the volume right now may have bound it once more.
  const bound = (await loopDevices()).some(({ backingFile }) => backingFile.includes(volume.id))
  demand(!bound || volume.copiers > 0, `NodeUnstageVolume ${volume.name} ${volume.id} left its loop device bound.`)
  if (options.detach) await detach(load, volume)
}

async function detach(load: Load, volume: KnownVolume): Promise<void> {
  volume.attachment = undefined
  await load.line.call('ControllerUnpublishVolume', { volume_id: volume.id, node_id: nodeId })
}

/** Takes a volume from wherever it is and deletes it. */
export async function removeVolume(load: Load, volume: KnownVolume): Promise<void> {
  if (volume.published !== undefined) await unpublish(load, volume)
  if (volume.staging !== undefined) await unstage(load, volume, { detach: false })
  if (volume.attachment !== undefined) await detach(load, volume)
  load.known.volumes.delete(volume)
  await load.line.call('DeleteVolume', { volume_id: volume.id })
}

/** Deletes a snapshot. */
export async function removeSnapshot(load: Load, snapshot: KnownSnapshot): Promise<void> {
  load.known.snapshots.delete(snapshot)
  await load.line.call('DeleteSnapshot', { snapshot_id: snapshot.id })
}

/** Gives a Pod an inline volume, and takes both away again. */
export async function liveInline(load: Load, name: string): Promise<void> {
  const volume_id = `csi-${name}`
  const target_path = join(load.directory, 'pods', name)
  const volume_context = { 'csi.storage.k8s.io/ephemeral': 'true', size: '300Mi' }
  await load.line.call('NodePublishVolume', { volume_id, target_path, volume_context, volume_capability: capabilityOf('xfs') })
  demand((await readMark(target_path)) === nothing, `The inline volume ${name} is not empty.`)
  const mark = markFor(name, 1)
  await writeMark(target_path, mark)
  demand((await readMark(target_path)) === mark, `The inline volume ${name} does not hold what was written.`)
  await load.line.call('NodeUnpublishVolume', { volume_id, target_path })
}
