import type { Command } from 'commander'
import { namespaceName, withHistoryFlag } from '../plan/run-flags.ts'
import { readEarlierRuns } from '../run/earlier-runs.ts'
import { strictCommand } from '../shell/strict-command.ts'

interface RetrieveOptions {
  readonly kubeconfig: string
  readonly context?: string
  readonly history?: string
}

/** `holdfast retrieve <namespace>`: the report of a run in a cluster, on another machine than the one that started it. */
export function retrieve(): Command {
  const command = strictCommand({
    name: 'retrieve',
    summary: 'wait for a run that "run --in-cluster" started, and make its report on this machine',
  })
  return withHistoryFlag(command)
    .argument('<namespace>', 'namespace of the run, as "run --in-cluster" printed it', namespaceName)
    .requiredOption('--kubeconfig <file>', 'kubeconfig of the cluster of the run')
    .option('--context <name>', 'context in that kubeconfig')
    .action(async (namespace: string, { kubeconfig, context, history: named }: RetrieveOptions) => {
      const history = await readEarlierRuns(named)
      const { retrieveRun } = await import('../in-cluster/retrieve-run.ts')
      process.exitCode = await retrieveRun(namespace, { kubeconfig, context, history })
    })
}
