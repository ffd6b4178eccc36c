import { join } from 'node:path'
import { execa } from 'execa'
import type { TestProject } from 'vitest/node'
import { readEnvironment } from './fixtures/environment.ts'
import { keyOf } from './kubernetes/connection.ts'
import type { Credentials } from './kubernetes/credentials.ts'

const script = join(import.meta.dirname, 'kubernetes', 'print-credentials.ts')

/** Before the suites: reads the credentials of the cluster once, for all workers, in a process that takes the Kubernetes client with it when it ends. */
export async function setup({ provide }: TestProject): Promise<void> {
  const { kubeconfig, context } = readEnvironment().cluster
  const ended = await execa(process.execPath, [script, kubeconfig, context], { reject: false })
  if (ended.exitCode !== 0) throw new Error(ended.stderr)
  provide('credentials', { [keyOf(kubeconfig, context)]: JSON.parse(ended.stdout) as Credentials })
}
