import { componentNames, type ComponentName, type Components } from '../config.ts'
import { askEngine } from '../machine/container-engine.ts'
import { SetupError } from '../setup-error.ts'
import { backupImages } from './backup-images.ts'
import type { ImageDefinition } from './catalogue.ts'
import { imageId } from './engine-images.ts'
import type { EnsureOptions } from './ensure-options.ts'
import { releaseOf } from './kubernetes-release.ts'
import { type ComponentImage, mirrored } from './plan.ts'
import { pull } from './pull-image.ts'
import { sidecarImages } from './sidecar-images.ts'

/** What the setting `components` asks for in place of one image of the catalogue. */
export interface WantedComponent {
  readonly name: ComponentName
  readonly reference: string
  /** Where a registry has the image, apart from a mirror; absent for an image that the user named. */
  readonly publicReference?: string
  readonly version: string
}

const versionPattern = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/

function definitionOf(name: ComponentName): ImageDefinition {
  const found = [...sidecarImages, ...backupImages(releaseOf())].find((definition) => definition.name === name)
  if (found === undefined) throw new Error(`No image is called ${name}.`)
  return found
}

/** What the setting asks for: a version stands for the public image of that version, anything else is the reference of an image. */
export function wantedComponents(components: Components, mirror?: string): readonly WantedComponent[] {
  return componentNames.flatMap((name): readonly WantedComponent[] => {
    const asked = components[name]
    if (asked === undefined) return []
    if (!versionPattern.test(asked)) return [{ name, reference: asked, version: asked.split('/').at(-1) ?? asked }]
    const version = `v${asked.replace(/^v/, '')}`
    const { publicReference = '', version: pinned } = definitionOf(name)
    const reference = publicReference.replace(/:[^:/]+$/, `:${version}`)
    return version === pinned ? [] : [{ name, reference: mirrored(reference, mirror), publicReference: reference, version }]
  })
}

/** Images of the setting `components` by name, all in the engine: those that are there already, and others pulled. */
export async function componentImages({ config, log }: EnsureOptions): Promise<ReadonlyMap<string, ComponentImage>> {
  const found = new Map<string, ComponentImage>()
  for (const wanted of wantedComponents(config.components ?? {}, config.mirror)) {
    const { name, reference, version } = wanted
    const isThere = (await imageId(reference)) !== undefined
    if (!isThere && (config.offline === true || !(await pull(wanted, reference, { log })))) throw unavailable(wanted)
    const content = (await imageId(reference)) ?? ''
    found.set(name, { reference: await tagged(reference, content), content, version })
  }
  return found
}

/** A digest names no image within an archive, which is how images get into nodes: it gets a tag besides. */
async function tagged(reference: string, content: string): Promise<string> {
  const [repository, digest] = reference.split('@')
  if (digest === undefined || repository === undefined) return reference
  const tag = `${repository.replace(/:[^:/]+$/, '')}:holdfast-${content.replace('sha256:', '').slice(0, 12)}`
  await askEngine(['tag', reference, tag])
  return tag
}

function unavailable({ name, reference, publicReference }: WantedComponent): SetupError {
  const built = publicReference === undefined ? '' : ' Only the pinned version can be built without a registry.'
  return new SetupError(`The image ${reference} for component ${name} is not in the engine of this machine and cannot be pulled.${built}`, {
    fix: `Build or load it there, or change components.${name} in holdfast.yaml.`,
  })
}
