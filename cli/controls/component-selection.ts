import { didYouMean } from '../../contract/nearest-name.ts'
import { type ComponentMutant, readComponentMutants } from '../../clusters/index.ts'
import { areaOf } from '../plan/selection.ts'
import { UsageError } from '../shell/usage-error.ts'

/** What a mutant of a component is called by: itself, its component, its guarantee, its concept, the area of its entry. */
function namesOf({ name, component, killedBy, breaks }: ComponentMutant): readonly string[] {
  return [name, component, killedBy, killedBy.split('/')[0] ?? '', breaks, areaOf(breaks)]
}

/** Mutants of components by name, all where none is named. Throws a `UsageError` with the nearest name for one that names nothing. */
export function selectComponentMutants(
  names: readonly string[],
  all: readonly ComponentMutant[] = readComponentMutants(),
): readonly ComponentMutant[] {
  const known = [...new Set(all.flatMap(namesOf))]
  for (const name of names) {
    if (known.includes(name)) continue
    const components = [...new Set(all.map(({ component }) => component))]
    throw new UsageError(`No component and no mutant of one is called ${name}.${didYouMean(name, known)}`, {
      fix: `Name one of ${components.join(', ')}, or a mutant from "holdfast sensitivity --components --list".`,
    })
  }
  return names.length === 0 ? all : all.filter((mutant) => namesOf(mutant).some((name) => names.includes(name)))
}
