import { type GoModule, type ImageDefinition, programsOf } from './catalogue.ts'

/** What an order needs to know of an image that is built. */
interface Built {
  readonly definition: ImageDefinition
}

/** Modules of the programs of images, in the order in which they are compiled: that in which the images come. */
export function modulesOf(images: readonly Built[]): readonly GoModule[] {
  return [...new Set(images.flatMap(({ definition }) => programsOf(definition)).map(({ module }) => module))]
}

/**
 * Images in the order in which they can be built while Go compiles one module after the other: first those that wait for no program, then
 * those that wait for the first module. Each comes after what it is built on. Otherwise their order stays.
 */
export function buildOrder<Image extends Built>(images: readonly Image[]): readonly Image[] {
  const modules = modulesOf(images)
  const waits = new Map<string, number>()
  for (const { definition } of images) {
    const base = 'on' in definition.recipe ? waits.get(definition.recipe.on) : undefined
    const own = programsOf(definition).map(({ module }) => modules.indexOf(module) + 1)
    waits.set(definition.name, Math.max(0, base ?? 0, ...own))
  }
  return images.toSorted((one, other) => (waits.get(one.definition.name) ?? 0) - (waits.get(other.definition.name) ?? 0))
}
