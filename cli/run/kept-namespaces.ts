import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { shellWord } from '../../contract/shell-word.ts'
import type { TearDownStep } from '../../harness/engine/fixtures/tear-down.ts'
import type { VerdictRecord } from '../../harness/engine/judge/verdict-record.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { log } from '../shell/log.ts'
import type { AcquiredCluster } from './acquired-cluster.ts'
import { runLimits } from './run-limits.ts'
import { ownCommand } from '../../contract/distribution.ts'

type Kept = Pick<VerdictRecord, 'id' | 'verdict' | 'namespace'>

/** Says which namespaces a run kept, and how to look at them and remove them. A cluster that was made for the run stays with them. */
export function keptStep(
  cluster: Pick<AcquiredCluster, 'record' | 'keep'>,
  { plan, directory }: { readonly plan: Pick<RunPlan, 'keepFailed' | 'target'>; readonly directory: string },
): TearDownStep {
  return {
    name: 'Naming the namespaces that are kept',
    limit: runLimits.reportWritten,
    run() {
      const kept = plan.keepFailed ? keptIn(directory) : []
      if (kept.length === 0) return
      cluster.keep()
      for (const line of linesOn(kept, cluster.record, plan.target)) log(line)
    },
  }
}

function keptIn(directory: string): readonly Kept[] {
  return globSync('evidence/*/*/verdict.json', { cwd: directory })
    .toSorted()
    .map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as VerdictRecord)
    .filter(({ kept }) => kept === true)
}

/** What is said of the namespaces that are kept. */
export function linesOn(
  kept: readonly Kept[],
  { name, kubeconfig, context, velero }: Pick<ClusterRecord, 'name' | 'kubeconfig' | 'context' | 'velero'>,
  { kind }: RunPlan['target'],
): readonly string[] {
  const kubectl = `kubectl --kubeconfig ${shellWord(kubeconfig)} --context ${shellWord(context)}`
  const ofVelero = velero === undefined ? '' : ` --velero-namespace ${velero.namespace}`
  const place =
    kind === 'foreign' ? `--kubeconfig ${shellWord(kubeconfig)} --context ${shellWord(context)}${ofVelero}` : `--cluster ${name}`
  return [
    ...kept.flatMap(({ id, verdict, namespace = '' }) => [
      `Kept: namespace ${namespace} of ${id} (${verdict}). To look at it:`,
      `  ${kubectl} --namespace ${namespace} get pods,pvc,events`,
    ]),
    `To remove all that is kept there, with its volumes: ${ownCommand} sweep ${place}`,
  ]
}
