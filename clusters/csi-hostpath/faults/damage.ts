import { Failure } from '../failure.ts'
import type { Access, DataDirectory } from '../storage/data-directory.ts'
import { imageContent, mountOptions } from '../storage/file-system.ts'
import { runWithPrivateMounts } from '../storage/private-mounts.ts'
import type { VolumeFault } from './catalogue.ts'

/** Shell script of each fault; it changes the files below `$1`. */
const scripts = {
  'restore-drops-file': `
    first=$(find "$1" -type f -size +0 | LC_ALL=C sort | head -n 1)
    [ -z "$first" ] || rm -- "$first"
  `,
  'restore-drops-modes': `
    find "$1" -mindepth 1 -type d -exec chmod 0755 {} +
    find "$1" -type f -exec chmod 0644 {} +
  `,
  'restore-drops-symlinks': `find "$1" -type l -delete`,
  'restore-drops-xattrs': `
    mkdir "$1/.without"
    find "$1" -mindepth 1 -maxdepth 1 ! -name .without ! -name lost+found -exec cp -dR --preserve=mode,ownership,timestamps,links -t "$1/.without" {} +
    find "$1" -mindepth 1 -maxdepth 1 ! -name .without ! -name lost+found -exec rm -r -- {} +
    find "$1/.without" -mindepth 1 -maxdepth 1 -exec mv -t "$1" {} +
    rmdir "$1/.without"
  `,
} as const satisfies Partial<Record<VolumeFault, string>>

/** Faults that lose a part of what a restored volume should hold. */
export const damages = Object.keys(scripts) as (keyof typeof scripts)[]

/**
 * Damages the file system in an image that nobody uses yet, and says whether there was one: a raw block volume has no files and stays
 * whole, as does one that no Pod has used, which nobody has formatted.
 */
export async function damage(
  data: DataDirectory,
  { name, image, access }: { readonly name: (typeof damages)[number]; readonly image: string; readonly access: Access },
): Promise<boolean> {
  if (access.type !== 'mount' || (await imageContent(image)) === 'blank') return false
  // The loop device goes with the mount.
  const options = ['loop', ...mountOptions(access.fsType)].join(',')
  const script = `mkdir "$root/volume"\nmount -t ${access.fsType} -o ${options} "$1" "$root/volume"\nset -- "$root/volume"\n${scripts[name]}`
  const result = await runWithPrivateMounts(data, script, [image])
  if (result.failed) throw new Failure('INTERNAL', `Fault ${name} could not be applied: ${result.complaint}`, { cause: result })
  return true
}
