import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { SetupError } from '../setup-error.ts'
import type { Edit } from './edit-source.ts'
import { componentMutantsSchema } from './schema.ts'
import { type ComponentName, isComponentName, targets } from './targets.ts'

/** A mutant of a component of Kubernetes: one change to its source, the sentence it breaks, and the guarantee that must see it. */
export interface ComponentMutant extends Edit {
  readonly component: ComponentName
  /** What is broken, in one sentence. */
  readonly description: string
  /** Go module and file within it. */
  readonly module: string
  readonly file: string
  /** Entry of the ledger. */
  readonly breaks: string
  /** Guarantee that must come out Failed. */
  readonly killedBy: string
  /** Why nothing can tell it from the unmodified component; absent where the guarantee must. */
  readonly equivalent?: string | undefined
}

const directory = join(import.meta.dirname, 'data')

function readFile(file: string): readonly ComponentMutant[] {
  const parsed = componentMutantsSchema.safeParse(parse(readFileSync(join(directory, file), 'utf8')))
  if (!parsed.success) throw new SetupError(`The mutants in ${file} are not as they must be: ${z.prettifyError(parsed.error)}`)
  const { component, module, mutants } = parsed.data
  if (!isComponentName(component) || file !== `${component}.yaml`) throw new SetupError(`There is no component ${component} for ${file}.`)
  return mutants.map((mutant) => ({ ...mutant, module: mutant.module ?? module, component }))
}

/** Every mutant of every component, those of a component together. */
export function readComponentMutants(): readonly ComponentMutant[] {
  const names = Object.keys(targets)
  const files = globSync('*.yaml', { cwd: directory })
  const place = (file: string) => names.indexOf(file.replace(/\.yaml$/, ''))
  return files.toSorted((one, other) => place(one) - place(other)).flatMap(readFile)
}
