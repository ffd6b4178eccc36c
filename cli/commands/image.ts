import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import type { HandedOver, HandedOverName } from '../../clusters/index.ts'
import { applicationNames } from '../../clusters/images/application-images.ts'
import { ownCommand } from '../../contract/distribution.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { loadSettings } from '../plan/config.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'
import { workDirectory } from '../shell/work-directory.ts'

interface ImageOptions {
  readonly config?: string
}

interface SaveOptions extends ImageOptions {
  readonly all?: boolean
}

/**
 * `holdfast image save <file>` and `holdfast image push <repository>`: images of suites for clusters that Holdfast did not create.
 * `holdfast image save --all <file>` and `holdfast image load <file>`: all images of new clusters, for a machine that is to build none.
 */
export function image(): Command {
  const save = command('save', 'write images to a file, for nodes that cannot reach a registry')
    .argument('<file>', 'tar archive to write')
    .argument('[images...]', whichImages)
    .option('--all', 'write everything that new clusters are made of, as .tar.zst for "image load", instead')
    .action(async (file: string, names: string[], options: SaveOptions) => {
      if (options.all === true) {
        await saveAll(file, names, options)
        return
      }
      const wanted = imagesNamed(names)
      const { saveImages } = await import('../../clusters/index.ts')
      const saved = await saveImages(file, { names: wanted, making: await ready(options) })
      log(`Wrote ${file}. On each node: ctr --namespace k8s.io images import ${file}`)
      log(`Then run with ${flagsFor(saved)}`)
    })
  const push = command('push', 'push images to a registry that the nodes can reach')
    .argument('<repository>', 'repository, such as registry.example.com/holdfast/workload')
    .argument('[images...]', whichImages)
    .action(async (repository: string, names: string[], options: ImageOptions) => {
      refuseBadRepository(repository)
      const wanted = imagesNamed(names)
      const { pushImages } = await import('../../clusters/index.ts')
      log(`Run with ${flagsFor(await pushImages(repository, { names: wanted, making: await ready(options) }))}`)
    })
  const load = command('load', 'take all images of new clusters from a file of "image save --all", so that none is built')
    .argument('<file>', 'archive to read, a .tar.zst')
    .action(async (file: string, options: ImageOptions) => {
      if (!existsSync(file)) throw new UsageError(`${file} does not exist.`, { fix: 'Correct its path.' })
      const { loadAllImages } = await import('../../clusters/index.ts')
      const loaded = await loadAllImages(file, await ready(options))
      log(`Loaded ${loaded.join(', ')}. Clusters that have just these images are made without building or pulling any.`)
    })
  return strictCommand({ name: 'image', summary: 'provide images: of suites to clusters of others, of clusters to other machines' })
    .addCommand(save)
    .addCommand(push)
    .addCommand(load)
}

async function saveAll(file: string, names: readonly string[], options: ImageOptions): Promise<void> {
  if (names.length > 0) throw new UsageError('--all takes no names of images.', { fix: 'Leave out either.' })
  if (!file.endsWith('.tar.zst')) throw new UsageError(`${file} does not end in .tar.zst.`, { fix: 'Give it a name that does.' })
  const { saveAllImages } = await import('../../clusters/index.ts')
  const saved = await saveAllImages(file, await ready(options))
  log(`Wrote ${file}, which holds ${saved.join(', ')}.`)
  log(`On another machine, with this version of Holdfast: ${ownCommand} image load ${file}`)
}

const known = ['workload', ...applicationNames, 'holdfast'] as const

const whichImages = `images: ${known.join(', ')}; workload when left out`

/** Names of images, each once; that of the workload when there are none. */
function imagesNamed(names: readonly string[]): readonly HandedOverName[] {
  if (names.length === 0) return ['workload']
  for (const name of names) {
    if (known.some((each) => each === name)) continue
    throw new UsageError(`There is no image ${name}.${didYouMean(name, known)}`, { fix: `Choose from ${known.join(', ')}.` })
  }
  return known.filter((name) => names.includes(name))
}

/** Flags with which a run uses these images. */
function flagsFor(images: readonly HandedOver[]): string {
  return images.map(({ name, reference }) => `${flagFor(name)}${reference}`).join(' ')
}

function flagFor(name: HandedOverName): string {
  if (name === 'workload') return '--workload-image '
  return name === 'holdfast' ? '--holdfast-image ' : `--image ${name}=`
}

function command(name: string, summary: string): Command {
  return strictCommand({ name, summary }).option('--config <file>', 'settings file instead of holdfast.yaml')
}

function refuseBadRepository(name: string): void {
  if (/^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/.test(name)) return
  throw new UsageError(`${name} is not a repository in a registry.`, {
    fix: 'Give the registry and the repository, without a tag, such as registry.example.com/holdfast/workload.',
  })
}

/** A container engine that answers, and how an image is made that is missing. */
async function ready({ config: path }: ImageOptions) {
  const { profile: _, ...config } = loadSettings({ root: workDirectory, path })
  const { ensureEngine } = await import('../../clusters/index.ts')
  await ensureEngine({ interactive: process.stdin.isTTY && process.env['CI'] === undefined, log })
  return { config, log }
}
