import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { copyFile, cp, link, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { execa } from 'execa'
import { temporaryPrefix } from '../../contract/owner.ts'
import { cacheDirectory } from '../directories.ts'
import { contentHash } from '../images/content-hash.ts'
import { compilePrograms, goModuleDirectory, goModuleFiles, goSourceHash, whyNoGo } from '../images/go-programs.ts'
import type { KubernetesRelease } from '../images/kubernetes-release.ts'
import type { Log } from '../log.ts'
import type { ComponentMutant } from './catalogue.ts'
import { EditRefused, mutatedSource, placeOf } from './edit-source.ts'
import { switchFile, switchFileName } from './switch-file.ts'
import { type ComponentName, targets } from './targets.ts'

/** A component with its mutants compiled in. */
export interface MutatedProgram {
  /** Path of the binary on this machine. */
  readonly path: string
  readonly sha256: string
  /** Those that are in it. */
  readonly mutants: readonly ComponentMutant[]
  /** Those whose text is not in the sources of this Kubernetes, each with a sentence. */
  readonly leftOut: readonly { readonly mutant: ComponentMutant; readonly why: string }[]
}

/** What a program is made of. */
export interface ProgramParts {
  readonly component: ComponentName
  readonly release: KubernetesRelease
  /** All mutants of the component: whichever is chosen, one binary holds them. */
  readonly mutants: readonly ComponentMutant[]
}

interface Making extends ProgramParts {
  readonly log: Log
  /** Ends a build. Go's own cache keeps what was compiled by then. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Where the program of a component with these mutants is, or would be, in the cache of builds. The sources decide which of them are left
 * out, so it takes no sources to know it.
 */
export function mutatedProgramPath({ component, release, mutants }: ProgramParts): string {
  const program = targets[component].program(release)
  const texts = mutants.map(({ name, module, file, as, type, after, what, instead }) => [
    ...[name, module, file, as, type],
    ...[after, what, instead],
  ])
  const hash = contentHash({ values: [goSourceHash(program.module), switchFile('', []), mutatedSource.toString(), JSON.stringify(texts)] })
  return cacheDirectory('mutated-programs', `${component}-${release.minor}-${hash}`, program.binary)
}

/** Whether the program of a component with these mutants is in the cache of builds already. */
export function isMutatedProgramBuilt(parts: ProgramParts): boolean {
  return existsSync(mutatedProgramPath(parts))
}

/**
 * Why this machine cannot compile the program of a component, in half a sentence; undefined where nothing is in the way. Sources that are
 * not in the module cache are downloaded.
 */
export async function whyNotCompiled({ component, release, mutants }: ProgramParts): Promise<string | undefined> {
  const without = await whyNoGo()
  if (without !== undefined) return without
  for (const module of new Set(mutants.map((mutant) => mutant.module))) {
    try {
      await goModuleFiles(module, targets[component].program(release).module)
    } catch {
      return `the sources of ${module} are not on this machine and cannot be downloaded`
    }
  }
  return undefined
}

/**
 * Compiles a component with all its mutants into the cache of builds. Nothing is done where the same was built before. Go's own cache keeps
 * every package that no mutant touches.
 */
export async function ensureMutatedProgram(making: Making): Promise<MutatedProgram> {
  const { component, release } = making
  const program = targets[component].program(release)
  const sources = new Map<string, string>()
  for (const module of new Set(making.mutants.map((mutant) => mutant.module)))
    sources.set(module, await goModuleFiles(module, program.module))
  const leftOut = []
  const mutants = []
  for (const mutant of making.mutants) {
    const why = await whyNotPlaced(mutant, sources.get(mutant.module) ?? '')
    if (why === undefined) mutants.push(mutant)
    else leftOut.push({ mutant, why })
  }
  const path = mutatedProgramPath(making)
  const directory = dirname(path)
  if (!existsSync(path)) {
    await build({ ...making, mutants }, { sources, directory })
    await removeOthers(`${component}-${release.minor}-`, basename(directory))
  }
  return { path, sha256: await sha256(path), mutants, leftOut }
}

async function whyNotPlaced(mutant: ComponentMutant, source: string): Promise<string | undefined> {
  const file = join(source, mutant.file)
  if (!existsSync(file)) return `There is no file ${mutant.file}.`
  try {
    placeOf(await readFile(file, 'utf8'), mutant)
    return undefined
  } catch (error) {
    if (error instanceof EditRefused) return error.message
    throw error
  }
}

async function build(
  { component, release, mutants, log, signal }: Making,
  { sources, directory }: { readonly sources: ReadonlyMap<string, string>; readonly directory: string },
): Promise<void> {
  const program = targets[component].program(release)
  await mkdir(directory, { recursive: true })
  const building = await mkdtemp(join(directory, `.${temporaryPrefix('building')}`))
  try {
    const replacements: string[] = []
    for (const [module, some] of Map.groupBy(mutants, (mutant) => mutant.module)) {
      const copy = join(building, module)
      await copyModule(sources.get(module) ?? '', copy)
      await editModule(copy, some)
      replacements.push(`-replace=${module}=${copy}`)
    }
    const pinned = goModuleDirectory(program.module)
    const modfile = join(building, 'go.mod')
    for (const file of ['go.mod', 'go.sum']) await copyFile(join(pinned, file), join(building, file))
    await execa('go', ['mod', 'edit', ...replacements, modfile])
    const into = join(building, 'bin')
    const title = `building ${component} with ${mutants.length} mutants`
    await compilePrograms({ programs: [program], module: program.module, into, modfile, title, log, signal })
    await rename(join(into, program.binary), join(directory, program.binary))
  } finally {
    await rm(building, { recursive: true, force: true })
  }
}

/** Copies a module without its tests by hard links: the module cache is never written to, and a file that is edited is made anew. */
async function copyModule(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('_test.go'))
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(from.length))
  for (const parent of new Set(paths.map((path) => dirname(join(to, path))))) await mkdir(parent, { recursive: true })
  for (const path of paths) {
    const [source, target] = [join(from, path), join(to, path)]
    await link(source, target).catch(() => cp(source, target))
  }
}

async function editModule(copy: string, mutants: readonly ComponentMutant[]): Promise<void> {
  for (const [folder, ofPackage] of Map.groupBy(mutants, ({ file }) => dirname(file))) {
    let packageName = ''
    for (const [file, edits] of Map.groupBy(ofPackage, (mutant) => mutant.file)) {
      const path = join(copy, file)
      const source = await readFile(path, 'utf8')
      packageName = /^package (\w+)/m.exec(source)?.[1] ?? ''
      await rm(path)
      await writeFile(path, mutatedSource(source, edits))
    }
    const names = ofPackage.map(({ name }) => name)
    await writeFile(join(copy, folder, switchFileName), switchFile(packageName, names))
  }
}

async function removeOthers(prefix: string, kept: string): Promise<void> {
  const parent = cacheDirectory('mutated-programs')
  for (const name of await readdir(parent))
    if (name.startsWith(prefix) && name !== kept) await rm(join(parent, name), { recursive: true, force: true })
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
