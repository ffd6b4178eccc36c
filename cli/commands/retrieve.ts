import type { Command } from 'commander'
import { namespaceName } from '../plan/run-flags.ts'
import { strictCommand } from '../shell/strict-command.ts'

interface RetrieveOptions {
  readonly kubeconfig: string
  readonly context?: string
}

/** `holdfast retrieve <namespace>`: the report of a run in a cluster, on another machine than the one that started it. */
export function retrieve(): Command {
  return strictCommand({ name: 'retrieve', summary: 'wait for a run that "run --in-cluster" started, and make its report on this machine' })
    .argument('<namespace>', 'namespace of the run, as "run --in-cluster" printed it', namespaceName)
    .requiredOption('--kubeconfig <file>', 'kubeconfig of the cluster of the run')
    .option('--context <name>', 'context in that kubeconfig')
    .action(async (namespace: string, { kubeconfig, context }: RetrieveOptions) => {
      const { retrieveRun } = await import('../in-cluster/retrieve-run.ts')
      process.exitCode = await retrieveRun(namespace, { kubeconfig, context })
    })
}
