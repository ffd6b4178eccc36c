import { dirname, join } from 'node:path'
import { rolldown } from 'rolldown'
import { programPath } from '../../contract/workload.ts'
import type { Config } from '../config.ts'
import { projectRoot } from '../directories.ts'
import { ownSources } from './plan.ts'

/**
 * The program of the suites as one file of JavaScript, as their image has it. It looks for commands beside itself too, where the image has
 * none.
 */
async function workloadProgram(): Promise<string> {
  const bundle = await rolldown({ input: join(projectRoot, ownSources['workload']?.entry ?? ''), platform: 'node', logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'esm' })
  await bundle.close()
  return `process.env.PATH += ':${dirname(programPath)}'\n${output[0].code}`
}

/** Settings with the program of the suites, where it is to come from a ConfigMap. */
export async function withProgram(config: Config): Promise<Config> {
  if (config.workload?.programFromConfigMap !== true) return config
  return { ...config, workload: { ...config.workload, program: await workloadProgram() } }
}
