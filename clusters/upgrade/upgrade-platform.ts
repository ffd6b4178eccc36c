import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { type UpgradedStage, upgradePaths, type UpgradeProgress, type UpgradeStage, type UpgradeStep } from '../../contract/upgrade.ts'
import { clusterApi } from '../api.ts'
import { readComponentMutants } from '../component-mutants/catalogue.ts'
import { ensureMutatedProgram } from '../component-mutants/mutated-program.ts'
import type { Config } from '../config.ts'
import { imageId } from '../images/engine-images.ts'
import { ensureImages } from '../images/ensure-images.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { carryOut, logOf, type UpgradeTools } from './carry-out.ts'
import { seenVersions } from './seen-versions.ts'
import { openTarget } from './target-node.ts'
import { type PlannedStep, planUpgrade } from './upgrade-plan.ts'
import { changesKubernetes, sameImage, type UpgradeRequest } from './upgrade-request.ts'

/** What a platform is upgraded with, all on this machine. */
export interface UpgradeTarget {
  /** Node image of the new version; undefined where Kubernetes stays as it is. */
  readonly nodeImage: string | undefined
  /** Path of a kubelet with mutants; undefined in an honest upgrade. */
  readonly kubelet: string | undefined
}

/** Pulls or builds what an upgrade takes, before there is a cluster that would wait for it. */
export async function ensureTarget(
  request: UpgradeRequest,
  { config, log, signal }: { readonly config: Config; readonly log: Log; readonly signal: AbortSignal },
): Promise<UpgradeTarget> {
  for (const [name, reference] of Object.entries(request.components)) {
    if (reference === sameImage || (await imageId(reference)) !== undefined) continue
    throw new SetupError(`The image ${reference} for component ${name} is not in the engine of this machine.`, {
      fix: 'Build, load or pull it there.',
    })
  }
  const next = { config: { ...config, kubernetes: request.to.kubernetes }, log }
  const nodeImage = changesKubernetes(request) ? (await ensureImages(next)).nodeImage : undefined
  return { nodeImage, kubelet: await mutatedKubelet(request, { log, signal }) }
}

/** An upgrade that is about to begin. */
export interface PlatformUpgradeOptions {
  readonly request: UpgradeRequest
  readonly record: ClusterRecord
  readonly target: UpgradeTarget
  readonly runDirectory: string
  readonly log: Log
  readonly signal: AbortSignal
}

/** An upgrade of a cluster of ours, in stages. */
export interface RunningUpgrade extends AsyncDisposable {
  /** Does what changes nothing that is used: copies programs and images into the nodes. */
  prepare(): Promise<void>
  /**
   * Does the steps of a stage, then lets those go on that wait for it. What is done, and what was seen before and after, is in
   * `upgrade/progress.json` at any time.
   */
  carryOut(stage: UpgradeStage): Promise<void>
  /** Says that it ended early, to the suites that wait. */
  fail(why: string): void
}

/** Makes the plan of an upgrade, and starts a container that has what the nodes get. Changes nothing of the cluster. */
export async function openUpgrade({ request, record, target, runDirectory, log, signal }: PlatformUpgradeOptions): Promise<RunningUpgrade> {
  const planned = planUpgrade({ request, nodes: record.nodes })
  const paths = upgradePaths(runDirectory)
  mkdirSync(paths.logs, { recursive: true })
  const api = clusterApi(record.kubeconfig, record.context)
  let progress: UpgradeProgress = {
    schemaVersion: 1,
    changes: changesOf(request, record),
    drained: request.drained && changesKubernetes(request),
    ...(request.mutant !== undefined && { mutant: request.mutant.name }),
    steps: planned.map(({ title, stage, node }) => ({ title, stage, node: node.name })),
    stages: [],
  }
  const keep = (change: Partial<UpgradeProgress>) => {
    progress = { ...progress, ...change }
    writeWhole(paths.progress, progress)
  }
  keep({})
  const source = target.nodeImage === undefined ? undefined : await openTarget(target.nodeImage)
  const tools: UpgradeTools = { record, target: source, kubelet: target.kubelet, logs: paths.logs, log, signal }

  const doStep = async (step: PlannedStep, number: number) => {
    const startedAt = new Date()
    const note = (change: Partial<UpgradeStep>) =>
      keep({
        steps: progress.steps.map((one, place) => (place === number ? { ...one, startedAt: startedAt.toISOString(), ...change } : one)),
      })
    const file = logOf(step, number + 1)
    const printed = file !== undefined && { log: relative(runDirectory, join(paths.logs, file)) }
    note({ ...printed })
    log(`  ${step.title}`)
    await carryOut(step, file, tools)
    note({ ...printed, endedAt: new Date().toISOString() })
    log(`  ${step.title}: done after ${((Date.now() - startedAt.getTime()) / 1000).toFixed(1)} s`)
  }

  const doSteps = async (stage: UpgradeStage) => {
    for (const [number, step] of planned.entries()) {
      signal.throwIfAborted()
      if (step.stage === stage) await doStep(step, number)
    }
  }

  return {
    async prepare() {
      await doSteps('begin')
      await source?.[Symbol.asyncDispose]()
    },
    async carryOut(stage) {
      const startedAt = new Date().toISOString()
      const before = await seenVersions(api)
      if (stage !== 'begin') await doSteps(stage)
      const over: UpgradedStage = { stage, startedAt, endedAt: new Date().toISOString(), before, after: await seenVersions(api) }
      keep({ stages: [...progress.stages, over] })
    },
    fail: (failure) => keep({ failure }),
    async [Symbol.asyncDispose]() {
      await source?.[Symbol.asyncDispose]()
    },
  }
}

/** The kubelet of the target with its mutants, where one of them is to be in force. */
async function mutatedKubelet(
  { mutant, to }: UpgradeRequest,
  { log, signal }: Pick<PlatformUpgradeOptions, 'log' | 'signal'>,
): Promise<string | undefined> {
  if (mutant?.by.component !== 'kubelet') return undefined
  const mutants = readComponentMutants().filter(({ component }) => component === 'kubelet')
  const program = await ensureMutatedProgram({ component: 'kubelet', release: to, mutants, log, signal })
  const leftOut = program.leftOut.find((one) => one.mutant.name === mutant.name)
  if (leftOut === undefined) return program.path
  throw new SetupError(`The mutant ${mutant.name} cannot be compiled into the kubelet of ${to.kubernetes}: ${leftOut.why}`)
}

function changesOf({ from, to, components }: UpgradeRequest, { images }: ClusterRecord): UpgradeProgress['changes'] {
  const before = (name: string) => images.find((image) => image.name === name)?.reference ?? ''
  return {
    ...(from.kubernetes !== to.kubernetes && { kubernetes: { from: from.kubernetes, to: to.kubernetes } }),
    ...Object.fromEntries(
      Object.entries(components).map(([name, next]) => [name, { from: before(name), to: next === sameImage ? before(name) : next }]),
    ),
  }
}

/** A file appears whole: suites read it while it is written. */
function writeWhole(file: string, progress: UpgradeProgress): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, `${JSON.stringify(progress, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}
