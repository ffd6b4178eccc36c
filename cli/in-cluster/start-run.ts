import { ownCommand } from '../../contract/distribution.ts'
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { stringify } from 'yaml'
import { holdfastImage, makeObjects, SetupError } from '../../clusters/index.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { counted } from '../../contract/counted.ts'
import { holderOfRun, namespaceOfRun, type ShardPlan } from '../../contract/shards.ts'
import type { RunsOfSide } from '../../reports/compare/runs-of-side.ts'
import type { RunHistory } from '../../reports/trend/read-history.ts'
import { knownDurations, readDurations } from '../budget/durations.ts'
import { readRights } from '../rights/recorded-rights.ts'
import { needsOfPlan, rightsOfGuarantees, supportedBy } from '../rights/rights-of-selection.ts'
import { acquireCluster } from '../run/acquired-cluster.ts'
import { makeReady } from '../run/make-ready.ts'
import { createRunDirectory, runId } from '../run/run-directory.ts'
import { withInterruption } from '../run/with-interruption.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { UsageError } from '../shell/usage-error.ts'
import { collectRun } from './collect-run.ts'
import { evidencePlaceOf, evidenceText } from './chosen-place.ts'
import type { InClusterFlags } from './in-cluster-flags.ts'
import type { ForeignPlan } from './foreign-plan.ts'
import { objectsOfRun, readerOfEvidence, type RunInCluster } from './manifests.ts'
import { planShards } from './shard-plan.ts'
import { shardLines } from './shard-lines.ts'

/** What a run over shards is started with. */
export interface Starting {
  readonly flags: InClusterFlags
  readonly baseline: RunsOfSide | undefined
  /** Earlier runs that the report tells of; none when undefined. */
  readonly history: RunHistory | undefined
}

/**
 * Runs suites as Pods of the cluster that is judged: looks at it as any run does, starts a Job with a Pod for each shard, and makes one
 * report of their evidence.
 */
export async function startRun(plan: ForeignPlan, { flags, baseline, history }: Starting): Promise<ExitCode> {
  return withInterruption(async (interruption) => {
    const { signal } = interruption
    const found = await makeReady({ ...plan, needs: needsOfPlan(plan) }, signal)
    if (found === undefined) throw new TypeError('A cluster that is there has a record.')
    const ofShards = await holdfastImage(found, { named: flags.holdfastImage, config: plan.settings, log })
    const attached = { ...found, images: [...found.images, ofShards] }
    const image = ofShards.reference
    const now = new Date()
    const run = createRunDirectory({
      ...plan,
      ...{ id: runId(now), assessor: plan.settings.assessor, now },
    })
    const { manifests, detach = false } = flags
    const holder = holderOfRun(run.id)
    if (manifests !== undefined) {
      try {
        const made = describeRun({ plan, flags, record: attached, image, run })
        writeManifests(manifests, objectsOfRun(made))
        log(`For its report: ${retrieveCommand(made.plan)}`)
        return exitCodes.success
      } finally {
        // It is in the manifests.
        rmSync(run.path, { recursive: true })
      }
    }
    const cluster = await acquireCluster({ plan, attached, runDirectory: run.path, signal, holder })
    const made = await startShards({ plan, flags, record: cluster.record, image, run }).catch(async (error: unknown) => {
      await cluster[Symbol.asyncDispose]()
      rmSync(run.path, { recursive: true })
      throw error
    })
    log(`Whatever becomes of this process, the shards go on. From any machine: ${retrieveCommand(made.plan)}`)
    if (detach) return exitCodes.success
    const { knownFailures } = plan
    return collectRun({ run, plan: made.plan, cluster, reader: readerOfEvidence(made), interruption, baseline, knownFailures, history })
  })
}

interface Described {
  readonly plan: ForeignPlan
  readonly flags: InClusterFlags
  readonly record: ClusterRecord
  readonly image: string
  readonly run: { readonly id: string; readonly path: string }
}

/** Makes the objects of a run, and says what its shards have to do. Where it throws, none of them is left. */
async function startShards(described: Described): Promise<RunInCluster> {
  const { plan, record, run } = described
  const made = describeRun(described)
  const [guarantees, shards] = [counted(plan.guarantees.length, 'guarantees'), counted(made.plan.shards, 'shards')]
  log(`Run ${run.id}: ${guarantees} over ${shards}; evidence goes to ${run.path}.`)
  for (const line of shardLines(made.plan)) log(line)
  log(evidenceText(made.evidence))
  await makeObjects(record, objectsOfRun(made), log)
  return made
}

/** What a ConfigMap may hold, with room for its other parts. */
const directoryBytesAtMost = 900 * 1024

function describeRun({ plan, flags, record, image, run }: Described): RunInCluster {
  const { guarantees, keepFailed, catalogue, settings } = plan
  const durations = knownDurations(readDurations())
  const shardPlan = planShards({ runId: run.id, shards: flags.shards ?? 1, keepFailed, guarantees, durations, cluster: record })
  const recorded = readRights(catalogue.flatMap((suite) => suite.guarantees.map(({ id }) => id)))
  const supported = supportedBy(record.features, guarantees)
  const { rules } = rightsOfGuarantees(recorded, { guarantees: supported, veleroNamespace: record.velero?.namespace })
  const directory = execFileSync('tar', [
    '--create',
    '--gzip',
    '--directory',
    run.path,
    '--exclude',
    './cluster.json',
    '--exclude',
    './logs',
    '.',
  ])
  if (directory.length > directoryBytesAtMost) {
    throw new SetupError(`The description of run ${run.id} takes ${directory.length} bytes, more than a ConfigMap holds.`, {
      fix: 'Name fewer guarantees, or a shorter file of known failures.',
    })
  }
  return {
    ...{ plan: shardPlan, image, rights: rules, directory },
    // Where this machine has its kubeconfig is nobody's business in the cluster.
    cluster: JSON.stringify({ ...record, kubeconfig: '', context: '' }),
    evidence: evidencePlaceOf({ record, flags, runId: run.id }),
    ...{ disruptiveNodes: record.disruptiveNodes, workload: settings.workload },
  }
}

function retrieveCommand({ runId: id }: ShardPlan): string {
  return `${ownCommand} retrieve ${namespaceOfRun(id)} --kubeconfig <file>`
}

function writeManifests(file: string, objects: readonly object[]): void {
  const path = resolve(file)
  const text = objects.map((object) => `---\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`).join('')
  try {
    writeFileSync(path, text, { flag: 'wx' })
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`, {
      fix: 'Name a file that does not exist, in a directory that does.',
    })
  }
  log(`Wrote ${path}. To start the run: kubectl create -f ${file}`)
}
