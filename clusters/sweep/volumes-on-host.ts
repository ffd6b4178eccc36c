import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClusterLocation } from '../machine/cluster-parts.ts'
import { engine, engineLines } from '../machine/container-engine.ts'
import { detach, kubeletLoopDevicesOf, kubeletLoopDevicesShown, releaseBelow, volumeRecords } from '../loop-devices.ts'
import { SetupError } from '../setup-error.ts'

/** Files that the nodes of a cluster leave on this machine. They belong to root, because the driver runs as root in the nodes. */
export interface VolumesOnHost {
  /** Frees the loop devices of the volumes and unmounts what is mounted below the directory. Returns what it released, in words. */
  release(): Promise<readonly string[]>
  /** Removes the directory of the cluster. */
  removeDirectory(): Promise<void>
}

/** Finds what the volumes of a cluster hold, before its nodes are removed: afterwards nothing tells whose some of it was. */
export async function openVolumes(location: ClusterLocation): Promise<VolumesOnHost> {
  const { directory } = location
  const image = process.getuid?.() === 0 ? undefined : (location.image ?? (await anyNodeImage()))
  if (image !== undefined) return await openInContainer(directory, image)
  const above = await kubeletLoopDevicesOf(directory)
  return {
    async release() {
      await detach(above)
      return await releaseBelow(directory)
    },
    async removeDirectory() {
      await removeAll(directory)
    },
  }
}

/** A user of the engine who is not root works through a container, which runs as root. */
async function openInContainer(directory: string, image: string): Promise<VolumesOnHost> {
  const asRoot = async (script: string) => {
    const flags = ['--rm', '--privileged', '--network', 'none', '--volume', `${directory}:${directory}`, '--workdir', directory]
    const printed = await engine(['run', ...flags, '--entrypoint', 'sh', image, '-c', script], { seconds: 120 })
    return printed.split('\n').filter((line) => line !== '')
  }
  const records = await asRoot(
    `cd ${volumeRecords} 2>/dev/null || exit 0; for file in *.json; do [ -e "$file" ] && tr -d '\\n' < "$file" && echo; done; true`,
  )
  const above = await kubeletLoopDevicesShown(records)
  return {
    async release() {
      return await asRoot(`${detachScript}
for device in ${above.map(({ device }) => device).join(' ')}; do detach "$device" > /dev/null; done
find . -type f -name '*.img' | while read -r file; do
  losetup --associated "$file" --noheadings --output NAME | while read -r device; do detach "$device"; done
done`)
    },
    async removeDirectory() {
      await asRoot('find . -mindepth 1 -delete')
      await removeAll(directory)
    },
  }
}

const detachScript = `detach() {
  [ -e "$1" ] || mknod "$1" b 7 "\${1#/dev/loop}"
  losetup --detach "$1" && echo "loop device $1"
}`

async function anyNodeImage(): Promise<string | undefined> {
  const found = await engineLines(['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', '--filter', 'reference=holdfast.local/node*'])
  return found[0]
}

async function removeAll(directory: string): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true })
  } catch (error) {
    const { code, path = directory } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EPERM') throw error
    throw new SetupError(`${path} belongs to root and cannot be removed.`, { fix: `Run: sudo rm -r ${join(directory)}`, cause: error })
  }
}
