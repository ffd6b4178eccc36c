import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { projectRoot } from '../shell/project-root.ts'
import { runNode } from './run-node.ts'
import { isPackage } from '../../contract/distribution.ts'

/** Options of one Vitest process. */
export interface VitestRun {
  /** Arguments after `vitest run`. */
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal
  /** How long it has to end after that, in seconds; 10 when absent. */
  readonly graceSeconds?: number | undefined
}

/** Vite would write a bundle of its configuration beside it. */
const native = isPackage ? ['--configLoader', 'native'] : []

/** Runs Vitest as a child. Returns its exit code, or null when a signal ended it. */
export async function runVitest({ args, ...rest }: VitestRun): Promise<number | null> {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
  return runNode({ root: projectRoot, args: [vitest, 'run', '--root', projectRoot, ...native, ...args], ...rest })
}
