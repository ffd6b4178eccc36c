import type { Config } from '../config.ts'
import type { ImageRecord } from '../../contract/cluster-record.ts'
import { imageId } from './engine-images.ts'
import { neededReferences, planImages, type ImagePlan } from './plan.ts'

/** An image that a run needs, and where it would come from. */
export interface NeededImage extends Pick<ImageRecord, 'name' | 'reference' | 'from'> {}

/**
 * The images of a new cluster, and where each would come from. Starts no engine, and asks no registry: one that does not answer has images
 * built.
 */
export async function plannedImages(config: Config): Promise<readonly NeededImage[]> {
  const { first, others } = plansOf(config)
  for (const plan of [first, ...others]) {
    const found = await Promise.all(neededReferences(plan).map(imageId))
    if (found.every((id) => id !== undefined)) return all(plan).map(({ name, reference }) => ({ name, reference, from: 'present' }))
  }
  return Promise.all(
    all(first).map(async ({ name, reference, pulled }) => {
      const isPresent = (await imageId(reference)) !== undefined
      return { name, reference, from: isPresent ? 'present' : pulled ? 'pulled' : 'built' } as const
    }),
  )
}

function plansOf({ profile = 'default', kubernetes, mirror, offline = false }: Config): {
  readonly first: ImagePlan
  readonly others: readonly ImagePlan[]
} {
  const built = planImages('offline', { profile, kubernetes })
  return offline ? { first: built, others: [] } : { first: planImages('registry', { mirror, profile, kubernetes }), others: [built] }
}

function all({ images, nodeReference }: ImagePlan) {
  const node = { name: 'node', reference: nodeReference, pulled: false }
  return [...[...images.values()].map(({ definition: { name }, reference, pulled }) => ({ name, reference, pulled })), node]
}
