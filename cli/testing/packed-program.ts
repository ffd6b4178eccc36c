import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeProgram } from './action-steps.ts'

/**
 * Lets npm pack a package that has the name of Holdfast, a program in its place, and no dependencies: npm installs it without a registry.
 * Returns the path of the tarball in a directory.
 */
export function packProgram(directory: string, script: string): string {
  const source = join(directory, 'source of the package')
  mkdirSync(source)
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name: 'holdfast', version: '0.1.0', private: true, bin: './holdfast' }))
  writeProgram(join(source, 'holdfast'), script)
  const { status, stderr } = spawnSync('npm', ['pack', '--pack-destination', directory], { cwd: source, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return join(directory, 'holdfast-0.1.0.tgz')
}

/** What names no tarball: nothing, what npm looks up in a registry, and a path that npm takes for a repository of GitHub. */
export const noTarballs = ['', 'holdfast', 'holdfast@0.1.0', 'packages/holdfast-0.1.0.tgz']
