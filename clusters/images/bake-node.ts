import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { ownerText, thisOwner } from '../../contract/owner.ts'
import { askEngine, engine, pipeEngine } from '../machine/container-engine.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { labelsOfBaked } from './baked-images.ts'
import { nodeBase } from './catalogue.ts'
import { contentLabel, imageId, removeOlder } from './engine-images.ts'
import { goModuleFiles } from './go-programs.ts'
import { keptReferences, type NodeStage, stagesOf } from './node-stages.ts'
import type { ImagePlan, PlannedImage } from './plan.ts'

const ctr = ['ctr', '--namespace', 'k8s.io'] as const

/** How long the engine may take to start a container from an image of gigabytes, or to make an image of it. */
const bakeSeconds = 600

const entrypoint = 'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]'

/** Name prefix of baking containers. The owner is in the name, because an image would pass a label on to every node made from it. */
export const bakePrefix = 'holdfast-bake-'

/** A name for a container that bakes, with this process as its owner. */
export function nameOfBake(): string {
  return `${bakePrefix}${ownerText(thisOwner())}-${randomBytes(4).toString('hex')}`
}

/** The owner in the name of a container that bakes; garbage in the name of another one. */
export function ownerOfBake(name: string): string {
  return name.slice(bakePrefix.length).replace(/-[0-9a-f]{8}$/, '')
}

/** One step of baking: which images go onto which base, and what the result is called. */
interface Bake {
  readonly base: string
  readonly images: readonly PlannedImage[]
  readonly reference: string
  readonly labels: readonly string[]
  readonly withCrds: boolean
}

/**
 * Makes the node image of a plan: imports every image a run needs into the node base, so that no node pulls anything at run time. Each
 * stage is baked onto the one before it.
 */
export async function bakeNode(plan: ImagePlan, log: Log): Promise<void> {
  let base = plan.images.get(nodeBase)?.reference
  if (base === undefined) throw new Error('the plan has no node-base image')
  for (const stage of stagesOf(plan)) {
    await bakeStage(stage, { base, plan, log })
    base = stage.reference
  }
}

async function bakeStage(
  { name, images, reference, content, isLast }: NodeStage,
  { base, plan, log }: { readonly base: string; readonly plan: ImagePlan; readonly log: Log },
): Promise<void> {
  if ((await imageId(reference)) !== undefined) return
  log(`baking ${images.length} images (${images.map((image) => image.definition.name).join(', ')}) into the node image`)
  const labels = [
    ...[`${contentLabel}=${content}`, ...(isLast ? [`dev.holdfast.origin=${plan.origin}`] : [])],
    ...(await labelsOfBaked(images)),
  ]
  await bake({ base, images, reference, labels, withCrds: images.some(({ definition }) => definition.name === 'csi-snapshotter') })
  await removeOlder(name, keptReferences(plan))
}

async function bake({ base, images, reference, labels, withCrds }: Bake): Promise<void> {
  const name = nameOfBake()
  await engine(['run', '--detach', '--privileged', '--name', name, '--entrypoint', 'sleep', base, 'infinity'], { seconds: bakeSeconds })
  try {
    await engine(['exec', '--detach', name, 'containerd'])
    await containerdAnswers(name)
    const saved = ['save', ...images.map((image) => image.reference)] as const
    await pipeEngine(saved, ['exec', '--interactive', name, ...ctr, 'images', 'import', '--no-unpack', '-'])
    for (const image of images) {
      const lookUpName = image.definition.lookUpName
      if (lookUpName !== undefined) await engine(['exec', name, ...ctr, 'images', 'tag', '--force', image.reference, lookUpName])
    }
    if (withCrds) await copyCrds(name)
    await engine(['exec', name, 'pkill', '-TERM', '-x', 'containerd'])
    await containerdEnded(name)
    const changes = [entrypoint, 'STOPSIGNAL SIGRTMIN+3', ...labels.map((label) => `LABEL ${label}`)]
    await engine(['commit', ...changes.flatMap((change) => ['--change', change]), name, reference], { seconds: bakeSeconds })
  } finally {
    await askEngine(['rm', '--force', '--volumes', name])
  }
}

async function containerdEnded(container: string): Promise<void> {
  const deadline = Date.now() + 10_000
  while (Date.now() < deadline && (await askEngine(['exec', container, 'pgrep', '-x', 'containerd'])) !== undefined) await pause(50)
}

/** Waits until containerd answers in a container of a node image. */
export async function containerdAnswers(container: string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    if ((await askEngine(['exec', container, 'ctr', 'version'])) !== undefined) return
    if (Date.now() > deadline) {
      throw new SetupError('containerd did not answer within 30 s in a container of the node base image.', {
        fix: 'Run `holdfast doctor`.',
      })
    }
    await pause(100)
  }
}

/** Puts the CustomResourceDefinitions of the snapshot API into the node, where a cluster's first step reads them. */
async function copyCrds(container: string): Promise<void> {
  const module = await goModuleFiles('github.com/kubernetes-csi/external-snapshotter/client/v8')
  await engine(['exec', container, 'mkdir', '-p', '/kind/holdfast'])
  await engine(['cp', join(module, 'config/crd'), `${container}:/kind/holdfast/crds`])
}
