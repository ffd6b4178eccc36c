import type { MeasurementName } from '../../engine/measurement.ts'
import { dataDirectory } from '../pod/builders/workload-container.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** What is mounted in a directory of a container: which directory of the file system, and the image behind its loop device. */
export interface MountedDevice {
  /** Directory of the file system that is mounted: `/` for the whole. */
  readonly root: string
  /** File behind the loop device, as the kernel tells it; empty where the file system is on no such device. */
  readonly image: string
}

/** Keeps what a Pod of ours has mounted in its usual directory, as its kernel tells it; null where nothing is mounted there. */
export async function readMountedDevice(pod: string, fixtures: DataFixtures, label: string): Promise<MeasurementName> {
  const { stdout } = await fixtures.namespace.exec(pod, ['cat', '/proc/self/mountinfo'])
  const mount = mountAt(stdout, dataDirectory)
  const value = mount === undefined ? null : { root: mount.root, image: await imageBehind(pod, fixtures, mount.device) }
  return workloadIn(pod, fixtures).keep('mounted-device', label, value)
}

/** The last mount in a directory, of the lines of `/proc/<pid>/mountinfo`: `<id> <parent> <major>:<minor> <root> <mount point> …`. */
export function mountAt(mountinfo: string, directory: string): { readonly device: string; readonly root: string } | undefined {
  const mounts = mountinfo.split('\n').map((line) => line.split(' '))
  const [, , device, root] = mounts.findLast(([, , , , point]) => point === directory) ?? []
  return device === undefined || root === undefined ? undefined : { device, root }
}

async function imageBehind(pod: string, { namespace }: DataFixtures, device: string): Promise<string> {
  const found = await namespace.exec(pod, ['cat', `/sys/dev/block/${device}/loop/backing_file`])
  return found.exitCode === 0 ? found.stdout.trim() : ''
}
