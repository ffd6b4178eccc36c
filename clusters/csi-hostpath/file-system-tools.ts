import { command } from './command.ts'

const packageOf = { 'mkfs.xfs': 'xfsprogs', 'mkfs.ext4': 'e2fsprogs' } as const

/** Programs that make the file systems that the driver offers. */
export const fileSystemTools = Object.keys(packageOf)

/** The Debian packages that they come with. */
export const fileSystemPackages: readonly string[] = Object.values(packageOf)

/** Those of them that this machine lacks. */
export async function missingFileSystemTools(): Promise<readonly string[]> {
  const present = await Promise.all(
    fileSystemTools.map((tool) =>
      command(tool, ['-V']).then(
        () => true,
        () => false,
      ),
    ),
  )
  return fileSystemTools.filter((_, place) => present[place] === false)
}
