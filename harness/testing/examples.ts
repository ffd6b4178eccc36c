import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type CheckExamples, type RegisteredCheck, registeredChecks } from '../define-check.ts'
import { type ConditionExamples, type RegisteredCondition, registeredConditions } from '../define-condition.ts'

const harness = join(import.meta.dirname, '..')

/** Something registered, and the examples beside the module that defines it; undefined where there are none. */
export type WithExamples<Registered, Examples> = Registered & { readonly examples: Examples | undefined }

/** Every check, each with its examples. Throws for examples of something that is no check. */
export async function checksWithExamples(): Promise<readonly WithExamples<RegisteredCheck, CheckExamples<unknown>>[]> {
  const found = await examplesIn<CheckExamples<unknown>>(join(harness, 'checks'), ({ upholds }) => upholds[0]?.params)
  return registeredChecks().map((check) => ({ ...check, examples: found.get(check.name) }))
}

/** Every condition, each with its examples. Throws for examples of something that is no condition. */
export async function conditionsWithExamples(): Promise<readonly WithExamples<RegisteredCondition, ConditionExamples<unknown>>[]> {
  const found = await examplesIn<ConditionExamples<unknown>>(join(harness, 'conditions'), ({ holds }) => holds[0]?.params)
  return registeredConditions().map((condition) => ({ ...condition, examples: found.get(condition.name) }))
}

/** Loads each module of a directory and the examples beside it, which are exported by the name of what they are of. */
async function examplesIn<Examples>(directory: string, paramsOf: (examples: Examples) => unknown): Promise<ReadonlyMap<string, Examples>> {
  const found = new Map<string, Examples>()
  const files = readdirSync(directory).filter((file) => !file.endsWith('.test.ts'))
  for (const file of files.filter((one) => !one.endsWith('.examples.ts'))) {
    const defined = await load(join(directory, file))
    const beside = `${basename(file, '.ts')}.examples.ts`
    const examples = files.includes(beside) ? await load(join(directory, beside)) : {}
    for (const [key, of] of Object.entries(examples)) {
      const make = defined[key]
      if (typeof make !== 'function') throw new TypeError(`${beside} has examples of ${key}, which ${file} does not define.`)
      const { name } = (make as (params: unknown) => { readonly name: string })(paramsOf(of as Examples))
      found.set(name, of as Examples)
    }
  }
  const stray = files.find((file) => file.endsWith('.examples.ts') && !files.includes(file.replace('.examples.ts', '.ts')))
  if (stray !== undefined) throw new TypeError(`${stray} has examples of nothing: there is no ${stray.replace('.examples.ts', '.ts')}.`)
  return found
}

async function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(path)) as Readonly<Record<string, unknown>>
}
