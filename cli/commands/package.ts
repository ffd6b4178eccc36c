import { join } from 'node:path'
import type { Command } from 'commander'
import { projectRoot } from '../shell/project-root.ts'
import { strictCommand } from '../shell/strict-command.ts'

/** `holdfast package`, which `npm pack` runs: writes what the package ships. */
export function packageCommand(): Command {
  return strictCommand({ name: 'package', summary: 'build dist/, which is what the package has (npm pack)' }).action(async () => {
    const { buildPackage } = await import('../package/build-package.ts')
    const directory = join(projectRoot, 'dist')
    await buildPackage({ root: projectRoot, directory, types: true })
    // npm prints the name of the package on standard output, for scripts.
    process.stderr.write(`Built ${directory}.\n`)
  })
}
