import { cp, link, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { temporaryPrefix } from '../../contract/owner.ts'
import { projectRoot } from '../directories.ts'
import type { Log } from '../log.ts'
import { type GoModule, type GoProgram, nodeBase, programsOf } from './catalogue.ts'
import { debianMirror, laterSuitesIn, writeAptSettings } from '../machine/debian-packages.ts'
import { debootstrap } from './debootstrap.ts'
import { contentLabel } from './engine-images.ts'
import { ensureGoPrograms, goModuleFiles } from './go-programs.ts'
import { fillWithHoldfast, holdfastImageDefinition } from './holdfast-files.ts'
import { longCommand } from '../machine/long-command.ts'
import { nodeProgram } from './node-program.ts'
import { ownSources, type ImagePlan, type PlannedImage } from './plan.ts'

/** Builds one image of the plan from Go modules, Debian packages and our own sources. */
export async function buildImage(
  image: PlannedImage,
  plan: ImagePlan,
  { log, signal }: { readonly log: Log; readonly signal?: AbortSignal },
): Promise<void> {
  const recipe = image.definition.recipe
  const labels = [`${contentLabel}=${image.content}`]
  if (recipe.by === 'debootstrap') {
    await debootstrap({ suite: image.definition.version, reference: image.reference, labels, log, signal })
    return
  }
  if (recipe.by === 'registry') throw new TypeError(`Image ${image.definition.name} cannot be built.`)
  const context = await mkdtemp(join(tmpdir(), temporaryPrefix('build')))
  try {
    const base = recipe.on === 'scratch' ? undefined : plan.images.get(recipe.on)?.reference
    const buildArguments = [
      ...(base === undefined ? [] : [`BASE=${base}`]),
      `KUBERNETES_VERSION=${plan.kubernetes.kubernetes}`,
      `PAUSE_VERSION=${plan.kubernetes.pause}`,
    ]
    const programs = programsOf(image.definition)
    if (recipe.by === 'go') await fillWithPrograms(context, programs, { base, log })
    else {
      await fillWithDockerfile(context, { image, directory: recipe.directory, programs, log })
      buildArguments.push(...Object.entries(recipe.buildArguments ?? {}).map(([name, value]) => `${name}=${value}`))
    }
    const mirror = await debianMirror()
    if (mirror !== undefined) {
      const later = laterSuitesIn(await readFile(join(context, 'Dockerfile'), 'utf8'), ...buildArguments)
      buildArguments.push(`APT_OPTIONS=${await writeAptSettings(context, { mirror, later })}`)
    }
    await longCommand({
      title: `building image ${image.definition.name} ${image.definition.version}`,
      command: 'docker',
      arguments: [
        ...['build', '--progress', 'plain', '--network', 'host', '--tag', image.reference],
        ...labels.flatMap((label) => ['--label', label]),
        ...buildArguments.flatMap((argument) => ['--build-arg', argument]),
        context,
      ],
      environment: { DOCKER_BUILDKIT: '1' },
      log,
      signal,
    })
  } finally {
    await rm(context, { recursive: true, force: true })
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => cp(from, to))
}

async function fillWithPrograms(
  context: string,
  programs: readonly GoProgram[],
  options: { readonly base: string | undefined; readonly log: Log },
): Promise<void> {
  const [program] = programs
  if (program === undefined) throw new TypeError('An image made of a program names none.')
  const built = await ensureGoPrograms([program], { log: options.log })
  await linkOrCopy(built.get(program.binary) ?? '', join(context, program.binary))
  const from = options.base ?? 'scratch'
  await writeFile(
    join(context, 'Dockerfile'),
    `FROM ${from}\nCOPY ${program.binary} /usr/local/bin/${program.binary}\nENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nENTRYPOINT ["/usr/local/bin/${program.binary}"]\n`,
  )
}

async function fillWithDockerfile(
  context: string,
  options: { readonly image: PlannedImage; readonly directory: string; readonly programs: readonly GoProgram[]; readonly log: Log },
): Promise<void> {
  await cp(join(projectRoot, 'clusters/images', options.directory), context, { recursive: true })
  const own = ownSources[options.image.definition.name]
  if (own !== undefined) await fillWithOwnProgram(context, own)
  for (const [binary, path] of await ensureGoPrograms(options.programs, { log: options.log })) await linkOrCopy(path, join(context, binary))
  const { name, module } = options.image.definition
  if (name === nodeBase) await fillWithNodeFiles(context, module)
  if (name === holdfastImageDefinition.name) await fillWithHoldfast(context)
}

async function fillWithOwnProgram(
  context: string,
  own: { readonly entry: string; readonly output: string; readonly files: readonly string[] },
): Promise<void> {
  await cp(nodeProgram(), join(context, 'node'))
  const bundle = await rolldown({ input: join(projectRoot, own.entry), platform: 'node', logLevel: 'silent' })
  await bundle.write({ file: join(context, own.output), format: 'esm' })
  await bundle.close()
  for (const directory of own.files) {
    for (const file of await readdir(join(projectRoot, directory))) {
      if (file.endsWith('.proto')) await cp(join(projectRoot, directory, file), join(context, file))
    }
  }
}

async function fillWithNodeFiles(context: string, module: GoModule | undefined): Promise<void> {
  const kind = await goModuleFiles('sigs.k8s.io/kind', module)
  await cp(join(kind, 'images/base/files'), join(context, 'kind'), { recursive: true })
}
