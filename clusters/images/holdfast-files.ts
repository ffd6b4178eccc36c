import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isPackage } from '../../contract/distribution.ts'
import { projectRoot } from '../directories.ts'
import { SetupError } from '../setup-error.ts'
import { type ImageDefinition, kubectl as kubectlProgram } from './catalogue.ts'
import { builtProgram } from './go-programs.ts'

/** The image of Holdfast itself, in which shards run. It goes into no node by itself. */
export const holdfastImageDefinition: ImageDefinition = {
  name: 'holdfast',
  version: '0.1.0',
  recipe: { by: 'dockerfile', directory: 'holdfast', on: 'tools' },
}

/** Folders and files of the checkout that a run reads. Tests, prose and what runs left are not among them. */
const parts = [
  ...['cli', 'clusters', 'contract', 'harness', 'suites', 'docs/examples'],
  ...['archive', 'attest', 'compare', 'known-failures', 'model', 'publish', 'render', 'site', 'trend', 'verify'].map(
    (folder) => `reports/${folder}`,
  ),
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'vitest.config.ts', 'holdfast'],
]

/** Paths of all that the image is made of, apart from packages. Throws a `SetupError` in the npm package, which lacks them. */
export function holdfastFiles(outside: boolean = isPackage): readonly string[] {
  if (outside)
    throw new SetupError('The npm package builds no image with Holdfast.', {
      fix: 'Push one from a checkout of the same commit with "./holdfast image push <repository> holdfast" and pass it as --holdfast-image.',
    })
  return [...parts, ...globSync('reports/*.{ts,json}', { cwd: projectRoot })].map((path) => join(projectRoot, path))
}

/** The kubectl that the image gets, of this machine or of an earlier build; undefined where there is none. */
export function kubectlOfHoldfast(): string | undefined {
  return kubectlOnPath() ?? builtProgram(kubectlProgram)
}

/** What of `package-lock.json` says which packages need which. */
export type LockedPackages = Readonly<
  Record<
    string,
    {
      readonly dependencies?: Readonly<Record<string, string>>
      readonly optionalDependencies?: Readonly<Record<string, string>>
      readonly peerDependencies?: Readonly<Record<string, string>>
    }
  >
>

/** Directories of the packages that these need, themselves included, as npm finds them: nearest first. */
export function packagesNeeded(locked: LockedPackages, names: readonly string[]): readonly string[] {
  const found = new Set<string>()
  const add = (from: string, name: string): void => {
    const path = nearest(locked, from, name)
    if (path === undefined || found.has(path)) return
    found.add(path)
    const { dependencies, optionalDependencies, peerDependencies } = locked[path] ?? {}
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) add(path, needed)
  }
  for (const name of names) add('', name)
  return [...found].toSorted()
}

function nearest(locked: LockedPackages, from: string, name: string): string | undefined {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (locked[path] !== undefined) return path
  return from === '' ? undefined : nearest(locked, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name)
}

/** Puts what the image is made of into a build context: `bin/` and `root/`. */
export async function fillWithHoldfast(context: string): Promise<void> {
  const [bin, root] = [join(context, 'bin'), join(context, 'root')]
  for (const directory of [bin, root]) mkdirSync(directory)
  await cp(process.execPath, join(bin, 'node'))
  const kubectl = kubectlOfHoldfast()
  if (kubectl !== undefined) await cp(kubectl, join(bin, 'kubectl'), { dereference: true })
  const copy = async (path: string, filter?: (source: string) => boolean) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    await cp(join(projectRoot, path), join(root, path), { recursive: true, ...(filter && { filter }) })
  }
  const isWanted = (source: string) => !/\.(test\.ts|md)$/.test(source)
  for (const path of holdfastFiles()) await copy(path.slice(projectRoot.length + 1), isWanted)
  const { packages, names } = lockedPackages()
  for (const path of packagesNeeded(packages, names)) {
    // Those of other platforms are in the lock and not on this machine.
    if (existsSync(join(projectRoot, path))) await copy(path)
  }
}

function lockedPackages(): { readonly packages: LockedPackages; readonly names: readonly string[] } {
  const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as { readonly packages: LockedPackages }
  return { packages: lock.packages, names: Object.keys(lock.packages['']?.dependencies ?? {}) }
}

function kubectlOnPath(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v kubectl'], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}
