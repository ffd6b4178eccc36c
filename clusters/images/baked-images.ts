import type { ImageRecord } from '../../contract/cluster-record.ts'
import { askEngine } from '../machine/container-engine.ts'
import { imageIdentity } from './image-identity.ts'

type Identity = Pick<ImageRecord, 'imageId' | 'digest'>

/** Labels of a node image that say which images are in it begin so. */
const prefix = 'dev.holdfast.image.'

/** What is baked into a node image: its name in the catalogue, and the reference of what the engine has. */
interface Baked {
  readonly definition: { readonly name: string }
  readonly reference: string
}

/** Labels for a node image that say which images are in it, as `key="value"`: those can be gone from the engine when it is used. */
export async function labelsOfBaked(images: readonly Baked[]): Promise<readonly string[]> {
  const labels: string[] = []
  for (const { definition, reference } of images) {
    const identity = await imageIdentity(reference)
    if (identity === undefined) continue
    const { imageId, digest } = identity
    labels.push(`${prefix}${definition.name}="${[imageId, digest].filter((each) => each !== undefined).join(' ')}"`)
  }
  return labels
}

/** The images in a node image by name, as its labels say; none for one that was baked without them. */
export async function bakedImages(nodeReference: string): Promise<ReadonlyMap<string, Identity>> {
  return readBaked((await askEngine(['image', 'inspect', '--format', '{{json .Config.Labels}}', nodeReference])) ?? 'null')
}

/** Reads the labels of a node image, as JSON. */
export function readBaked(labels: string): ReadonlyMap<string, Identity> {
  const all = (JSON.parse(labels) ?? {}) as Readonly<Record<string, string>>
  return new Map(
    Object.entries(all)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => {
        const [imageId = '', digest] = value.split(' ')
        return [key.slice(prefix.length), { imageId, ...(digest !== undefined && { digest }) }] as const
      }),
  )
}
