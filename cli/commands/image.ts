import type { Command } from 'commander'
import type { HandedOver, HandedOverName } from '../../clusters/index.ts'
import { applicationNames } from '../../clusters/images/application-images.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { loadSettings } from '../plan/config.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'
import { workDirectory } from '../shell/work-directory.ts'

interface ImageOptions {
  readonly config?: string
}

/** `holdfast image save <file>` and `holdfast image push <repository>`: images of suites for clusters that Holdfast did not create. */
export function image(): Command {
  const save = command('save', 'write images to a file, for nodes that cannot reach a registry')
    .argument('<file>', 'tar archive to write')
    .argument('[images...]', whichImages)
    .action(async (file: string, names: string[], options: ImageOptions) => {
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
  return strictCommand({ name: 'image', summary: 'provide the images of suites to a cluster that Holdfast did not create' })
    .addCommand(save)
    .addCommand(push)
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
