import { execa } from 'execa'
import { mkdtemp, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '../failure.ts'
import type { Access } from '../storage/data-directory.ts'
import { mountOptions } from '../storage/file-system.ts'
import type { VolumeFault } from './catalogue.ts'

/** What each fault does to the files below `$1`. */
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

/** Damages the file system in an image that nobody uses yet. A raw block volume has no files and stays whole. */
export async function damage(
  name: keyof typeof scripts,
  { image, access }: { readonly image: string; readonly access: Access },
): Promise<void> {
  if (access.type !== 'mount') return
  const mountPoint = await mkdtemp(join(tmpdir(), 'holdfast-damage-'))
  const options = ['loop', ...mountOptions(access.fsType)].join(',')
  // The mount lives in a namespace of its own, and its loop device goes with it.
  const script = `set -eu\nmount -t ${access.fsType} -o ${options} "$2" "$1"\n${scripts[name]}`
  try {
    const result = await execa('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', mountPoint, image], {
      stdin: 'ignore',
      reject: false,
      env: { LC_ALL: 'C' },
    })
    if (result.failed) throw new Failure('INTERNAL', `Fault ${name} could not be applied: ${result.stderr}`, { cause: result })
  } finally {
    await rmdir(mountPoint)
  }
}
