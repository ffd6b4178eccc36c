import { randomFrom, type Random } from './random.ts'
import { removeGroup, takeGroup } from './group-steps.ts'
import { everySnapshot, type KnownGroup, type KnownSnapshot, type KnownVolume } from './known.ts'
import {
  createVolume,
  expand,
  liveInline,
  publish,
  removeSnapshot,
  removeVolume,
  stage,
  takeSnapshot,
  unpublish,
  unstage,
  write,
} from './steps.ts'
import type { Load, Origin } from './steps.ts'

const mebibyte = 1024 ** 2
const smallest = 300 * mebibyte

/** A worker keeps no more than so many volumes, and as many snapshots, from one life to the next. */
const keptLimit = 2

/** Creates and deletes volumes and snapshots of its own, and copies those of others, until it is stopped. */
interface Worker {
  readonly load: Load
  readonly random: Random
  readonly name: string
  readonly volumes: KnownVolume[]
  readonly snapshots: KnownSnapshot[]
  group: KnownGroup | undefined
  made: number
}

function nextName(worker: Worker, kind: string): string {
  worker.made += 1
  return `${worker.name}-${kind}-${worker.made}`
}

function pickOrigin({ random, load }: Worker): Origin {
  const free = <T extends { readonly reserved: boolean }>(items: Iterable<T>) => [...items].filter(({ reserved }) => !reserved)
  if (random.chance(0.4)) return undefined
  const snapshot = random.pick(free(load.known.snapshots))
  const volume = random.pick(free(load.known.volumes))
  if (snapshot !== undefined && (volume === undefined || random.chance(0.5))) return { snapshot }
  return volume === undefined ? undefined : { volume }
}

async function begin(worker: Worker): Promise<KnownVolume> {
  const { load, random } = worker
  const origin = pickOrigin(worker)
  const atLeast = origin === undefined ? smallest : 'volume' in origin ? origin.volume.size : origin.snapshot.size
  const size = atLeast + random.below(3) * 4 * mebibyte
  const fsType = random.chance(0.3) ? 'ext4' : 'xfs'
  const volume = await createVolume(load, { name: nextName(worker, 'volume'), size, origin, fsType })
  worker.volumes.push(volume)
  return volume
}

async function keepMoment(worker: Worker, volume: KnownVolume): Promise<void> {
  const writes = worker.random.below(3)
  const meanwhile = async () => {
    for (let done = 0; done < writes; done += 1) await write(volume)
  }
  worker.snapshots.push(await takeSnapshot(worker.load, volume, { name: nextName(worker, 'snapshot'), meanwhile }))
}

/** Runs `work` unless somebody is copying the thing; nobody starts to meanwhile. */
async function alone(thing: KnownVolume | KnownSnapshot, work: () => Promise<void>): Promise<boolean> {
  if (thing.copiers > 0) return false
  thing.reserved = true
  await work()
  thing.reserved = false
  return true
}

async function grow({ load, random }: Worker, volume: KnownVolume): Promise<void> {
  // Whether ext4 grows while it is mounted depends on the machine.
  if (volume.fsType === 'ext4') return
  const size = volume.size + (1 + random.below(5)) * 4 * mebibyte
  await alone(volume, () => expand(load, volume, size))
}

async function move({ load, random }: Worker, volume: KnownVolume): Promise<void> {
  await unpublish(load, volume)
  if (random.chance(0.7)) {
    await unstage(load, volume, { detach: random.chance(0.5) })
    if (random.chance(0.3)) await alone(volume, () => expand(load, volume, volume.size + 4 * mebibyte))
    await stage(load, volume)
  }
  await publish(load, volume)
}

async function thin<T extends KnownVolume | KnownSnapshot>(items: T[], limit: number, remove: (item: T) => Promise<void>): Promise<void> {
  for (const item of items.slice(0, Math.max(0, items.length - limit))) {
    if (await alone(item, () => remove(item))) items.splice(items.indexOf(item), 1)
  }
}

/** Takes a snapshot of all that the worker has, in place of the one it took before. */
async function regroup(worker: Worker): Promise<void> {
  const { load, group } = worker
  if (group !== undefined) await removeGroup(load, group)
  worker.group = await takeGroup(load, nextName(worker, 'group'), worker.volumes)
}

/** Leaves a volume behind in any of the states in which volumes stay for long. */
async function rest({ load, random }: Worker, volume: KnownVolume): Promise<void> {
  if (random.chance(0.6)) await unpublish(load, volume)
  if (volume.published === undefined && random.chance(0.6)) await unstage(load, volume, { detach: random.chance(0.5) })
}

async function life(worker: Worker): Promise<void> {
  const { load, random } = worker
  if (random.chance(0.15)) await liveInline(load, nextName(worker, 'inline'))
  const volume = await begin(worker)
  await stage(load, volume)
  await publish(load, volume)
  await write(volume)
  const steps = [() => write(volume), () => keepMoment(worker, volume), () => grow(worker, volume), () => move(worker, volume)]
  for (let left = 1 + random.below(3); left > 0; left -= 1) await random.pick(steps)?.()
  if (random.chance(0.4)) await regroup(worker)
  await rest(worker, volume)
  await thin(worker.volumes, keptLimit, (each) => removeVolume(load, each))
  await thin(worker.snapshots, keptLimit, (each) => removeSnapshot(load, each))
}

/**
 * Runs so many workers side by side, each life of theirs to its end, until the signal. Rejects with the first thing that is not as it was
 * acknowledged.
 */
export async function runLoad(
  load: Load,
  options: { readonly workers: number; readonly seed: number; readonly stop: AbortSignal },
): Promise<void> {
  const { workers, seed, stop } = options
  const work = async (index: number) => {
    const worker: Worker = {
      load,
      random: randomFrom(seed + index),
      name: `worker-${index}`,
      volumes: [],
      snapshots: [],
      group: undefined,
      made: 0,
    }
    while (!stop.aborted) await life(worker)
  }
  await Promise.all(Array.from({ length: workers }, (_, index) => work(index + 1)))
}

/** Mounts every volume, and a copy of every snapshot, and demands of each the size and the content that it was acknowledged to have. */
export async function checkEverything(load: Load): Promise<void> {
  const mount = async (volume: KnownVolume) => {
    if (volume.published !== undefined) await unpublish(load, volume)
    if (volume.staging === undefined) await stage(load, volume)
    await publish(load, volume)
  }
  const restore = async (snapshot: KnownSnapshot) => {
    const copy = await createVolume(load, { name: `copy-of-${snapshot.name}`, size: snapshot.size, origin: { snapshot } })
    await mount(copy)
    await removeVolume(load, copy)
  }
  const { volumes } = load.known
  await Promise.all([...[...volumes].map(mount), ...everySnapshot(load.known).map(restore)])
}

/** Deletes all that the load has made. */
export async function removeEverything(load: Load): Promise<void> {
  const { volumes, snapshots, groups } = load.known
  const snapshotsGone = [...snapshots].map((each) => removeSnapshot(load, each))
  const groupsGone = [...groups].map((each) => removeGroup(load, each))
  await Promise.all([...snapshotsGone, ...groupsGone, ...[...volumes].map((each) => removeVolume(load, each))])
}
