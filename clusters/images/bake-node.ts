import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { execa } from 'execa'
import type { Say } from '../say.ts'
import { SetupError } from '../setup-error.ts'
import { backupImages, debianImage, nodeBaseImage, objectStoreImage, ownImages, toolsImage, type ImageDefinition } from './catalogue.ts'
import { contentHash } from './content-hash.ts'
import { contentLabel, imageId, removeOlder } from './engine-images.ts'
import { goModuleFiles } from './go-programs.ts'
import type { ImagePlan, PlannedImage } from './plan.ts'

const entrypoint = 'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]'

/** Containers that bake carry this prefix and the number of the process that made them. */
export const bakePrefix = 'holdfast-bake-'

/** One step of baking: which images go onto which base, and what the result is called. */
interface Bake {
  readonly base: string
  readonly images: readonly PlannedImage[]
  readonly reference: string
  readonly labels: readonly string[]
  readonly withCrds: boolean
}

/**
 * Makes the node image of a plan: imports every image a run needs into the node base, so that no node pulls anything at run time.
 * Kubernetes and the sidecars go in first, then what a profile has besides, each under a reference of its own, so that a change of
 * our driver bakes only our images again.
 */
export async function bakeNode(plan: ImagePlan, say: Say): Promise<void> {
  const base = plan.images.get('node-base')
  if (base === undefined) throw new Error('the plan has no node-base image')
  const own = namesOf(ownImages)
  const besides = namesOf(backupImages)
  const unbaked = namesOf([debianImage, toolsImage, nodeBaseImage, objectStoreImage])
  const baked = [...plan.images.values()].filter((image) => !unbaked.has(image.definition.name))
  const ours = baked.filter((image) => own.has(image.definition.name))
  const extra = baked.filter((image) => besides.has(image.definition.name))
  const theirs = baked.filter((image) => !own.has(image.definition.name) && !besides.has(image.definition.name))
  let stage = await bakeStage({ name: 'node-kubernetes', base, images: theirs, withCrds: true, say })
  if (extra.length > 0) stage = await bakeStage({ name: `node-${plan.profile}-images`, base: stage, images: extra, withCrds: false, say })
  say(`baking ${ours.map((image) => image.definition.name).join(' and ')} into the node image`)
  const labels = [`${contentLabel}=${plan.nodeContent}`, `dev.holdfast.origin=${plan.origin}`]
  await bake({ base: stage.reference, images: ours, reference: plan.nodeReference, labels, withCrds: false })
}

function namesOf(definitions: readonly ImageDefinition[]): ReadonlySet<string> {
  return new Set(definitions.map(({ name }) => name))
}

/** An image with others baked into it that further ones are baked onto. */
type Stage = Pick<PlannedImage, 'reference' | 'content'>

async function bakeStage(options: {
  readonly name: string
  readonly base: Stage
  readonly images: readonly PlannedImage[]
  readonly withCrds: boolean
  readonly say: Say
}): Promise<Stage> {
  const { name, base, images, withCrds, say } = options
  const content = contentHash({ values: [base.content, ...images.map((image) => image.content)] })
  const reference = `holdfast.local/${name}:${nodeBaseImage.version}-${content}`
  if ((await imageId(reference)) === undefined) {
    say(`baking ${images.length} images (${images.map((image) => image.definition.name).join(', ')}) into the node image`)
    await bake({ base: base.reference, images, reference, labels: [`${contentLabel}=${content}`], withCrds })
    await removeOlder(name, reference)
  }
  return { reference, content }
}

async function bake({ base, images, reference, labels, withCrds }: Bake): Promise<void> {
  // No label: the image would inherit it, and every node made from the image with it.
  const name = `${bakePrefix}${process.pid}-${randomBytes(4).toString('hex')}`
  await execa('docker', ['run', '--detach', '--privileged', '--name', name, '--entrypoint', 'sleep', base, 'infinity'])
  try {
    await execa('docker', ['exec', '--detach', name, 'containerd'])
    await containerdAnswers(name)
    const save = execa('docker', ['save', ...images.map((image) => image.reference)], { buffer: false })
    await save.pipe('docker', ['exec', '--interactive', name, 'ctr', '--namespace', 'k8s.io', 'images', 'import', '--no-unpack', '-'], {
      buffer: true,
    })
    for (const image of images) {
      const lookUpName = image.definition.lookUpName
      if (lookUpName !== undefined)
        await execa('docker', ['exec', name, 'ctr', '--namespace', 'k8s.io', 'images', 'tag', '--force', image.reference, lookUpName])
    }
    if (withCrds) await copyCrds(name)
    await execa('docker', ['exec', name, 'pkill', '-TERM', '-x', 'containerd'])
    await containerdEnded(name)
    const changes = [entrypoint, 'STOPSIGNAL SIGRTMIN+3', ...labels.map((label) => `LABEL ${label}`)]
    await execa('docker', ['commit', ...changes.flatMap((change) => ['--change', change]), name, reference])
  } finally {
    await execa('docker', ['rm', '--force', '--volumes', name], { reject: false })
  }
}

async function containerdEnded(container: string): Promise<void> {
  const deadline = Date.now() + 10_000
  while (Date.now() < deadline && !(await execa('docker', ['exec', container, 'pgrep', '-x', 'containerd'], { reject: false })).failed)
    await pause(50)
}

async function containerdAnswers(container: string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const answer = await execa('docker', ['exec', container, 'ctr', 'version'], { reject: false })
    if (!answer.failed) return
    if (Date.now() > deadline) {
      throw new SetupError('containerd did not answer within 30 s in a container of the node base image.', {
        fix: 'Run `holdfast doctor`.',
        cause: answer,
      })
    }
    await pause(100)
  }
}

/** Puts the CustomResourceDefinitions of the snapshot API into the node, where a cluster's first step reads them. */
async function copyCrds(container: string): Promise<void> {
  const module = await goModuleFiles('github.com/kubernetes-csi/external-snapshotter/client/v8')
  await execa('docker', ['exec', container, 'mkdir', '-p', '/kind/holdfast'])
  await execa('docker', ['cp', join(module, 'config/crd'), `${container}:/kind/holdfast/crds`])
}
