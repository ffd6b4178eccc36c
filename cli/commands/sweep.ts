import type { Command } from 'commander'
import { namespaceName } from '../plan/run-flags.ts'
import { type JsonFlag, printJson, withJson } from '../shell/json-option.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

/** Where namespaces are that `run --keep-failed` kept; on no cluster when all are absent. */
export interface SweepOptions {
  readonly cluster?: string
  readonly kubeconfig?: string
  readonly context?: string
  readonly veleroNamespace?: string
}

/** `holdfast sweep`: removes what dead runs left, and says where it looked; with a cluster, what was kept there on purpose. */
export function sweep(): Command {
  const command = strictCommand({ name: 'sweep', summary: 'remove what dead runs left behind, or what --keep-failed kept on a cluster' })
  return withJson(command, {
    conflicts: ['cluster', 'kubeconfig'],
    says: 'print what dead runs left as one JSON document, and nothing else',
  })
    .option('--cluster <name>', 'remove the namespaces that "run --keep-failed" kept on a cluster created by "holdfast up"')
    .option('--kubeconfig <file>', 'remove those on a cluster that Holdfast did not create')
    .option('--context <name>', 'context in that kubeconfig')
    .option('--velero-namespace <name>', 'namespace of the Velero there; it is looked for when left out', namespaceName)
    .action(async ({ json = false, ...options }: SweepOptions & JsonFlag) => {
      const place = placeOf(options)
      if (place === undefined) await sweepMachine({ json })
      else {
        const { sweepKept } = await import('../run/sweep-kept.ts')
        process.exitCode = await sweepKept(place)
      }
    })
}

/** The cluster that the flags name. Throws a `UsageError` for flags that do not go together. */
export function placeOf({ cluster, kubeconfig, context, veleroNamespace }: SweepOptions) {
  if (cluster !== undefined && kubeconfig !== undefined)
    throw new UsageError('--cluster and --kubeconfig cannot be used together.', { fix: 'Use one of them.' })
  const stray = context !== undefined ? '--context' : veleroNamespace !== undefined ? '--velero-namespace' : undefined
  if (kubeconfig === undefined && stray !== undefined)
    throw new UsageError(`${stray} only applies to a cluster that Holdfast did not create.`, { fix: 'Add --kubeconfig <file>.' })
  if (cluster !== undefined) return { cluster } as const
  return kubeconfig === undefined ? undefined : ({ kubeconfig, context, veleroNamespace } as const)
}

async function sweepMachine({ json }: { readonly json: boolean }): Promise<void> {
  const { sweep: sweepClusters } = await import('../../clusters/index.ts')
  const { removed, left, checked } = await sweepClusters({ log: json ? () => undefined : log })
  if (json) return printJson({ removed, left, checked })
  for (const thing of checked) log(`checked  ${thing}`)
  if (left.length > 0)
    log(`Left ${left.length} things alone because their owner may still be running; the lines above show how to remove them.`)
  log(removed.length === 0 ? 'Dead runs left nothing behind.' : `Removed ${removed.length} things that dead runs left behind.`)
}
