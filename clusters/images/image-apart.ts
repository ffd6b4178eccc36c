import type { ImageRecord } from '../../contract/cluster-record.ts'
import { debianImage, type ImageDefinition, toolsImage } from './catalogue.ts'
import { removeOlder } from './engine-images.ts'
import { buildAll, registryAnswers } from './ensure-images.ts'
import type { EnsureOptions } from './ensure-options.ts'
import { imageIdentity } from './image-identity.ts'
import { type ImagePlan, type PlannedImage, planImages } from './plan.ts'

/** Makes sure that an image which is not baked into nodes is in the engine, and what it is built on; nothing else. */
export async function ensureImageApart(definition: ImageDefinition, { config, log }: EnsureOptions): Promise<ImageRecord> {
  const { name } = definition
  const apart = [definition]
  const offline = planImages('offline', { apart })
  const registry = config.offline === true ? undefined : planImages('registry', { mirror: config.mirror, apart })
  for (const plan of registry === undefined ? [offline] : [registry, offline]) {
    const { reference } = imageIn(plan, name)
    const found = await imageIdentity(reference)
    if (found !== undefined) return { name, reference, ...found, from: 'present' }
  }
  const plan = registry !== undefined && (await registryAnswers(registry, log)) ? registry : offline
  const layers = [debianImage.name, toolsImage.name, name].map((each) => imageIn(plan, each))
  await buildAll(layers, plan, { log, made: new Map() })
  const { reference } = imageIn(plan, name)
  await removeOlder(name, new Set([reference]))
  return { name, reference, ...(await imageIdentity(reference)), from: 'built' }
}

function imageIn(plan: ImagePlan, name: string): PlannedImage {
  const image = plan.images.get(name)
  if (image === undefined) throw new Error(`The plan has no image ${name}.`)
  return image
}
