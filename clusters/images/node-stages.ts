import { backupImages, objectStoreImage } from './backup-images.ts'
import { debianImage, nodeBase, ownImages, toolsImage, type ImageDefinition } from './catalogue.ts'
import { contentHash } from './content-hash.ts'
import { kubernetesReleases } from './kubernetes-release.ts'
import { type ImagePlan, type PlannedImage, planImages, type Profile } from './plan.ts'

/** An image of a node with further images baked into it, onto which the next stage is baked. */
export interface NodeStage {
  readonly name: string
  readonly images: readonly PlannedImage[]
  readonly reference: string
  readonly content: string
  readonly isLast: boolean
}

/**
 * How the node image of a plan is baked. Kubernetes and the sidecars go in first, then the other images of the profile, each under a
 * reference of its own, so that a change of our driver bakes only our images again.
 */
export function stagesOf(plan: ImagePlan): readonly NodeStage[] {
  const own = namesOf(ownImages)
  const fromProfile = namesOf(backupImages(plan.kubernetes))
  const unbaked = namesOf([debianImage, toolsImage, objectStoreImage])
  const baked = [...plan.images.values()].filter(({ definition: { name } }) => !unbaked.has(name) && name !== nodeBase)
  const ours = baked.filter((image) => own.has(image.definition.name))
  const extra = baked.filter((image) => fromProfile.has(image.definition.name))
  const theirs = baked.filter((image) => !ours.includes(image) && !extra.includes(image))
  const kubernetes = stageOnto(plan.images.get(nodeBase)?.content ?? '', { name: 'node-kubernetes', images: theirs, plan })
  const applications = stageOnto(kubernetes.content, { name: `node-${plan.profile}-images`, images: extra, plan })
  const { nodeReference: reference, nodeContent: content } = plan
  const last = { name: nodeName(plan), images: ours, reference, content, isLast: true }
  return [kubernetes, ...(extra.length > 0 ? [applications] : []), last]
}

function stageOnto(
  base: string,
  { name, images, plan }: { readonly name: string; readonly images: readonly PlannedImage[]; readonly plan: ImagePlan },
): NodeStage {
  const content = contentHash({ values: [base, ...images.map((image) => image.content)] })
  return { name, images, content, reference: `holdfast.local/${name}:${plan.kubernetes.kubernetes}-${content}`, isLast: false }
}

function nodeName({ nodeReference }: ImagePlan): string {
  return nodeReference.slice('holdfast.local/'.length).split(':')[0] ?? ''
}

function namesOf(definitions: readonly ImageDefinition[]): ReadonlySet<string> {
  return new Set(definitions.map(({ name }) => name))
}

const profiles: readonly Profile[] = ['default', 'velero']

/**
 * References of the built images that clusters of any pinned Kubernetes take, made like those of the plan: images of one version are not
 * older ones of another.
 */
export function keptReferences(plan: ImagePlan): ReadonlySet<string> {
  const plans = kubernetesReleases.flatMap(({ minor }) =>
    profiles.map((profile) => planImages(plan.origin, { ...plan.options, profile, kubernetes: minor, components: undefined })),
  )
  return new Set([plan, ...plans].flatMap(referencesOf))
}

function referencesOf(plan: ImagePlan): readonly string[] {
  return [...plan.images.values(), ...stagesOf(plan)].map(({ reference }) => reference)
}
