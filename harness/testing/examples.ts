import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import '../vocabulary/checks.ts'
import '../vocabulary/conditions.ts'
import { type CheckExamples, type RegisteredCheck, registeredChecks } from '../engine/judge/define-check.ts'
import { type ConditionExamples, type RegisteredCondition, registeredConditions } from '../engine/judge/define-condition.ts'

const vocabulary = join(import.meta.dirname, '..', 'vocabulary')

/** Something registered, and the examples beside the module that defines it; undefined where there are none. */
export type WithExamples<Registered, Examples> = Registered & { readonly examples: Examples | undefined }

/** Every check, each with its examples. Throws for examples of something that is no check. */
export async function checksWithExamples(): Promise<readonly WithExamples<RegisteredCheck, CheckExamples<unknown>>[]> {
  const found = await allExamples<CheckExamples<unknown>>('upholds', ({ upholds }) => upholds[0]?.params)
  return registeredChecks().map((check) => ({ ...check, examples: found.get(check.name) }))
}

/** Every condition, each with its examples. Throws for examples of something that is no condition. */
export async function conditionsWithExamples(): Promise<readonly WithExamples<RegisteredCondition, ConditionExamples<unknown>>[]> {
  const found = await allExamples<ConditionExamples<unknown>>('holds', ({ holds }) => holds[0]?.params)
  return registeredConditions().map((condition) => ({ ...condition, examples: found.get(condition.name) }))
}

/**
 * Loads the examples of the vocabulary that have such a list, each beside its module and exported by the name of what it is of. Throws for
 * examples of something that the module does not define.
 */
async function allExamples<Examples>(list: string, paramsOf: (examples: Examples) => unknown): Promise<ReadonlyMap<string, Examples>> {
  const found = new Map<string, Examples>()
  const files = readdirSync(vocabulary, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.examples.ts'))
  for (const file of files) {
    const module = file.replace('.examples.ts', '.ts')
    const defined = await load(join(vocabulary, module))
    for (const [key, of] of Object.entries(await load(join(vocabulary, file)))) {
      const make = defined[key]
      if (typeof make !== 'function') throw new TypeError(`${file} has examples of ${key}, which ${module} does not define.`)
      if (!(list in (of as object))) continue
      const { name } = (make as (params: unknown) => { readonly name: string })(paramsOf(of as Examples))
      found.set(name, of as Examples)
    }
  }
  return found
}

async function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(path)) as Readonly<Record<string, unknown>>
}
