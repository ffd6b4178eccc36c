import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'
import { projectRoot } from '../shell/project-root.ts'
import { loadedVariable } from './suites-variable.ts'

/** Why a suite cannot be loaded, and where. */
export interface LoadFault {
  /** Absolute path of the suite. */
  readonly suite: string
  readonly message: string
  /** `<path>:<line>` of where it broke; absent where nothing says it. */
  readonly place?: string
}

/** Vitest reporter that says nothing and writes why suites cannot be loaded into the file that the environment names. */
export default class LoadReporter implements Reporter {
  readonly #faults: LoadFault[] = []

  onTestModuleEnd(module: TestModule): void {
    for (const error of module.errors()) this.#faults.push(faultOf(module.moduleId, error))
  }

  onTestRunEnd(_modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    for (const error of errors) this.#faults.push(faultOf('', error))
    writeFileSync(process.env[loadedVariable] ?? '', JSON.stringify(this.#faults))
  }
}

const harness = join(projectRoot, 'harness', '/')

function faultOf(suite: string, { name, message, stacks = [] }: SerializedError): LoadFault {
  // What Holdfast threw, the suite has called.
  const frame = stacks.find(({ file }) => !file.startsWith(harness) && !file.includes('/node_modules/'))
  const [first = ''] = message.split('\n')
  const named = name === undefined || name === 'Error' ? first : `${name}: ${first}`
  return { suite, message: named, ...(frame && { place: `${frame.file}:${frame.line}` }) }
}
