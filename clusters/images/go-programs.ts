import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { execa } from 'execa'
import { temporaryPrefix } from '../../contract/owner.ts'
import { cacheDirectory, projectRoot } from '../directories.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { type GoModule, type GoProgram, sidecarModule } from './catalogue.ts'
import { contentHash } from './content-hash.ts'
import { releaseOf } from './kubernetes-release.ts'
import { longCommand } from '../machine/long-command.ts'
import { versions } from './versions.ts'

/** Directory of a Go module that pins programs. */
export function goModuleDirectory(module: GoModule = sidecarModule): string {
  return join(projectRoot, 'clusters/images', module)
}

/** A newer Kubernetes may need a newer Go than is installed: Go fetches it as it fetches modules, unless it was told not to. */
const goEnvironment = {
  CGO_ENABLED: '0',
  GOFLAGS: '-buildvcs=false -mod=readonly',
  GOTOOLCHAIN: process.env['GOTOOLCHAIN'] ?? 'auto',
}

/** Kubernetes itself and kubeadm read their version from what the linker was told; a minor that is not released yet ends with a plus. */
function linkFlags(kubernetes: string): string {
  const [major, minor] = kubernetes.slice(1).split('.')
  const set = {
    gitVersion: kubernetes,
    gitMajor: major,
    gitMinor: kubernetes.includes('-') ? `${minor}+` : minor,
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z',
  }
  const packages = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version']
  return ['-s', '-w', ...packages.flatMap((name) => Object.entries(set).map(([key, value]) => `-X ${name}.${key}=${value}`))].join(' ')
}

const veleroLinkFlags = `-s -w -X github.com/vmware-tanzu/velero/pkg/buildinfo.Version=${versions.velero} -X github.com/vmware-tanzu/velero/pkg/buildinfo.GitTreeState=clean`

const localPathLinkFlags = `-s -w -X main.VERSION=${versions.localPath}`

function linkFlagsOf(module: GoModule): string {
  if (module === 'go-local-path') return localPathLinkFlags
  return module === 'go-velero' ? veleroLinkFlags : linkFlags(releaseOf(module.split('/')[1]).kubernetes)
}

/** Hash of everything that decides the bytes of the Go programs of a module: the module, the link flags. */
export function goSourceHash(module: GoModule = sidecarModule): string {
  const directory = goModuleDirectory(module)
  return contentHash({ values: [linkFlagsOf(module)], files: [join(directory, 'go.mod'), join(directory, 'go.sum')] })
}

/** Where to say how far a build is, and what ends it. */
interface Making {
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/**
 * Builds Go programs into the cache and returns their paths by binary name. Programs already built from the same module are left alone,
 * and Go's own build cache keeps the packages of a build that was interrupted.
 */
export async function ensureGoPrograms(wanted: readonly GoProgram[], making: Making): Promise<ReadonlyMap<string, string>> {
  const missing = distinctPrograms(wanted).filter((program) => !existsSync(pathOf(program)))
  for (const [module = sidecarModule, programs] of Map.groupBy(missing, (program) => program.module))
    await buildPrograms(programs, module, making)
  return new Map(wanted.map((program) => [program.binary, pathOf(program)]))
}

function pathOf({ module, binary }: GoProgram): string {
  return cacheDirectory('programs', goSourceHash(module), binary)
}

/** Path of a program that was built before; undefined where it was not. */
export function builtProgram(program: GoProgram): string | undefined {
  const path = pathOf(program)
  return existsSync(path) ? path : undefined
}

/** Each program once, also where several images take it. */
export function distinctPrograms(programs: readonly GoProgram[]): readonly GoProgram[] {
  const key = ({ module = sidecarModule, binary }: GoProgram) => `${module} ${binary}`
  return [...new Map(programs.map((program) => [key(program), program])).values()]
}

async function buildPrograms(missing: readonly GoProgram[], module: GoModule, making: Making): Promise<void> {
  const directory = cacheDirectory('programs', goSourceHash(module))
  await mkdir(directory, { recursive: true })
  const building = await mkdtemp(join(directory, `.${temporaryPrefix('building')}`))
  try {
    const title = `building ${missing.map((program) => program.binary).join(', ')} from Go modules`
    await compilePrograms({ programs: missing, module, into: building, title, ...making })
    for (const { binary } of missing) await rename(join(building, binary), join(directory, binary))
  } finally {
    await rm(building, { recursive: true, force: true })
  }
}

/** Programs to compile. */
export interface Compilation extends Making {
  readonly programs: readonly GoProgram[]
  readonly module: GoModule
  /** Directory that gets the binaries; it is made. */
  readonly into: string
  /** A `go.mod` in place of that of the module, with its `go.sum` beside it. */
  readonly modfile?: string
  readonly title: string
}

/** Compiles programs, each into a file with the name of its binary. */
export async function compilePrograms({ programs, module, into, modfile, title, log, signal }: Compilation): Promise<void> {
  await requireGo()
  await mkdir(into, { recursive: true })
  let compiled = 0
  await longCommand({
    title,
    command: 'go',
    arguments: [
      'build',
      '-v',
      '-trimpath',
      ...(modfile === undefined ? [] : [`-modfile=${modfile}`]),
      '-ldflags',
      linkFlagsOf(module),
      '-o',
      `${into}/`,
      ...programs.map((program) => program.package),
    ],
    cwd: goModuleDirectory(module),
    environment: goEnvironment,
    log,
    signal,
    progress: () => `${++compiled} packages compiled`,
  })
  for (const program of programs) await rename(join(into, builtName(program)), join(into, program.binary))
}

/** Go names a binary after the last path element that is not a major version. */
function builtName(program: GoProgram): string {
  const last = basename(program.package)
  return /^v\d+$/.test(last) ? basename(program.package.slice(0, -last.length - 1)) : last
}

/** Whether Go is on this machine. */
async function hasGo(): Promise<boolean> {
  return !(await execa('go', ['version'], { reject: false, cwd: goModuleDirectory() })).failed
}

/** Why nothing can be compiled on this machine, in half a sentence; undefined where Go is there. */
export async function whyNoGo(): Promise<string | undefined> {
  return (await hasGo()) ? undefined : 'Go is not installed'
}

async function requireGo(): Promise<void> {
  if (!(await hasGo())) {
    throw new SetupError('Go is not installed, and what has to be built for the cluster is in no container registry that answers.', {
      fix: 'Install Go 1.26 or newer, or set `mirror:` in holdfast.yaml to a registry that is reachable.',
    })
  }
}

/** Directory of a dependency's files in the Go module cache, in the version that `module` pins; downloads it when it is missing. */
export async function goModuleFiles(dependency: string, module: GoModule = sidecarModule): Promise<string> {
  await requireGo()
  const at = { cwd: goModuleDirectory(module), env: goEnvironment }
  await execa('go', ['mod', 'download', dependency], at)
  const { stdout } = await execa('go', ['list', '-m', '-f', '{{.Dir}}', dependency], at)
  return stdout.trim()
}
