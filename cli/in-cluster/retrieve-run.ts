import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { acquireLease, readStoredRun, type StoredRun } from '../../clusters/index.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { holderOfRun } from '../../contract/shards.ts'
import type { RunHistory } from '../../reports/trend/read-history.ts'
import { readContexts, requireContext } from '../plan/kubeconfig-context.ts'
import { pathOfRun, type RunDirectory, writeJson } from '../run/run-directory.ts'
import { withInterruption } from '../run/with-interruption.ts'
import type { ExitCode } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { workDirectory } from '../shell/work-directory.ts'
import { UsageError } from '../shell/usage-error.ts'
import { collectRun } from './collect-run.ts'

/** Where the cluster of a run is. */
interface Place {
  readonly kubeconfig: string
  readonly context: string | undefined
}

interface Retrieving extends Place {
  /** Earlier runs that the report tells of; none when undefined. */
  readonly history: RunHistory | undefined
}

/** Waits for a run that another process started in a cluster, and makes its report here. Exit codes are those of a run. */
export async function retrieveRun(namespace: string, { kubeconfig: file, context, history }: Retrieving): Promise<ExitCode> {
  const kubeconfig = resolve(file)
  requireContext(kubeconfig, context)
  const used = context ?? readContexts(kubeconfig).current ?? ''
  return withInterruption(async (interruption) => {
    const place = { kubeconfig, context: used }
    const stored = await readStoredRun(place, namespace)
    const record = { ...(JSON.parse(stored.cluster) as ClusterRecord), ...place }
    const run = unpackRun(stored, { root: workDirectory, record })
    const { plan, reader } = stored
    log(`Run ${run.id}: ${plan.guarantees.length} guarantees over ${plan.shards} shards; evidence goes to ${run.path}.`)
    const lost = () => void process.kill(process.pid, 'SIGTERM')
    const { signal } = interruption
    const lease = await acquireLease(record, { runId: basename(run.path), log, signal, lost, holder: holderOfRun(run.id) })
    const cluster = { record, keep: () => undefined, [Symbol.asyncDispose]: async () => lease[Symbol.asyncDispose]() }
    return collectRun({ run, plan, cluster, reader, interruption, history })
  })
}

/**
 * Makes the directory of a run out of what its namespace keeps of it. Throws a `UsageError` for a run whose report is there: it is not
 * overwritten.
 */
export function unpackRun(
  { plan, directory }: StoredRun,
  { root, record }: { readonly root: string; readonly record: ClusterRecord },
): RunDirectory {
  const path = pathOfRun(root, plan.runId)
  if (existsSync(join(path, 'report.json'))) {
    throw new UsageError(`The report of run ${plan.runId} is in ${path} already.`, {
      fix: 'Read it there. To make it again, move that directory away first.',
    })
  }
  mkdirSync(path, { recursive: true })
  execFileSync('tar', ['--extract', '--gzip', '--no-same-owner', '--directory', path], { input: directory })
  writeJson(join(path, 'cluster.json'), record)
  return { id: plan.runId, path }
}
