import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { execa } from 'execa'
import { temporaryPrefix } from '../../contract/owner.ts'
import { cacheDirectory, projectRoot } from '../directories.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import type { GoModule, GoProgram } from './catalogue.ts'
import { contentHash } from './content-hash.ts'
import { longCommand } from './long-command.ts'
import { versions } from './versions.ts'

/** Directory of a Go module that pins programs. */
export function goModuleDirectory(module: GoModule = 'go'): string {
  return join(projectRoot, 'clusters/images', module)
}

const goEnvironment = { CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false -mod=readonly' }

function linkFlags(): string {
  const [major, minor] = versions.kubernetes.slice(1).split('.')
  const set = {
    gitVersion: versions.kubernetes,
    gitMajor: major,
    gitMinor: minor,
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z',
  }
  const packages = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version']
  return ['-s', '-w', ...packages.flatMap((name) => Object.entries(set).map(([key, value]) => `-X ${name}.${key}=${value}`))].join(' ')
}

const veleroLinkFlags = `-s -w -X github.com/vmware-tanzu/velero/pkg/buildinfo.Version=${versions.velero} -X github.com/vmware-tanzu/velero/pkg/buildinfo.GitTreeState=clean`

function linkFlagsOf(module: GoModule): string {
  return module === 'go' ? linkFlags() : veleroLinkFlags
}

/** Hash of everything that decides the bytes of the Go programs of a module: the module, the link flags. */
export function goSourceHash(module: GoModule = 'go'): string {
  const directory = goModuleDirectory(module)
  return contentHash({ values: [linkFlagsOf(module)], files: [join(directory, 'go.mod'), join(directory, 'go.sum')] })
}

/**
 * Builds Go programs into the cache and returns their paths by binary name. Programs already built from the same module are left alone,
 * and Go's own build cache keeps the packages of a build that was interrupted.
 */
export async function ensureGoPrograms(wanted: readonly GoProgram[], log: Log): Promise<ReadonlyMap<string, string>> {
  const pathOf = (program: GoProgram) => cacheDirectory('programs', goSourceHash(program.module), program.binary)
  const missing = distinctPrograms(wanted).filter((program) => !existsSync(pathOf(program)))
  for (const [module = 'go', programs] of Map.groupBy(missing, (program) => program.module)) await buildPrograms(programs, module, log)
  return new Map(wanted.map((program) => [program.binary, pathOf(program)]))
}

/** Each program once, also where several images take it. */
export function distinctPrograms(programs: readonly GoProgram[]): readonly GoProgram[] {
  const key = ({ module = 'go', binary }: GoProgram) => `${module} ${binary}`
  return [...new Map(programs.map((program) => [key(program), program])).values()]
}

async function buildPrograms(missing: readonly GoProgram[], module: GoModule, log: Log): Promise<void> {
  const directory = cacheDirectory('programs', goSourceHash(module))
  await requireGo()
  await mkdir(directory, { recursive: true })
  const building = await mkdtemp(join(directory, `.${temporaryPrefix('building')}`))
  try {
    let compiled = 0
    await longCommand({
      title: `building ${missing.map((program) => program.binary).join(', ')} from Go modules`,
      command: 'go',
      arguments: [
        'build',
        '-v',
        '-trimpath',
        '-ldflags',
        linkFlagsOf(module),
        '-o',
        `${building}/`,
        ...missing.map((program) => program.package),
      ],
      cwd: goModuleDirectory(module),
      environment: goEnvironment,
      log,
      progress: () => `${++compiled} packages compiled`,
    })
    for (const program of missing) await rename(join(building, builtName(program)), join(directory, program.binary))
  } finally {
    await rm(building, { recursive: true, force: true })
  }
}

/** Go names a binary after the last path element that is not a major version. */
function builtName(program: GoProgram): string {
  const last = basename(program.package)
  return /^v\d+$/.test(last) ? basename(program.package.slice(0, -last.length - 1)) : last
}

async function requireGo(): Promise<void> {
  const found = await execa('go', ['version'], { reject: false, cwd: goModuleDirectory() })
  if (found.failed) {
    throw new SetupError('No container registry answers, and Go is not installed to build the images of the cluster.', {
      fix: 'Install Go 1.26 or newer, or set `mirror:` in holdfast.yaml to a registry that is reachable.',
    })
  }
}

/** Directory of a module's files in the Go module cache; downloads the module when it is missing. */
export async function goModuleFiles(module: string): Promise<string> {
  await requireGo()
  await execa('go', ['mod', 'download', module], { cwd: goModuleDirectory(), env: goEnvironment })
  const { stdout } = await execa('go', ['list', '-m', '-f', '{{.Dir}}', module], { cwd: goModuleDirectory(), env: goEnvironment })
  return stdout.trim()
}
