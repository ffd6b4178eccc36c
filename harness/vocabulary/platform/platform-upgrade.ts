import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import {
  isReached,
  type UpgradedStage,
  upgradePaths,
  type UpgradeProgress,
  type UpgradeStage,
  type UpgradeStep,
  waitingFile,
  type WaitingSuite,
} from '../../../contract/upgrade.ts'
import type { History } from '../../engine/history/history.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { act, done } from '../../engine/kubernetes/act.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import type { Measure } from '../../engine/measurement.ts'
import { pause } from '../../engine/pause.ts'
import { readState, type StateName } from './platform-state.ts'

/** The platform that is upgraded while the guarantee has state on it. Needs the feature `PlatformUpgrade`. */
export interface PlatformUpgrade {
  /**
   * Waits until every suite of the run has made its state. The upgrade begins as soon as all of them wait for a part of it: what a suite
   * asks for in between is under way by then.
   */
  begins(): Promise<void>
  /** Waits until the control plane, or the whole platform, is upgraded. What was done, when, and to what, is kept in the history. */
  upgraded(part: Exclude<UpgradeStage, 'begin'>): Promise<void>
  /** Keeps what there is of Pods, PVCs, volumes, StatefulSets and snapshots, read anew and not from a watch. */
  state(label: string): Promise<StateName>
}

/** Seconds between two looks at how far the upgrade is. */
const betweenLooks = 0.5

/** The upgrade that a guarantee waits for. */
export function platformUpgrade(options: {
  readonly api: KubernetesApi
  readonly cluster: ClusterRecord
  readonly history: History
  readonly measure: Measure
  readonly namespace: string
  readonly guarantee: string
  /** Directory of the run. */
  readonly directory: string
  readonly signal: AbortSignal
}): PlatformUpgrade {
  const { api, cluster, history, measure, namespace, guarantee, directory, signal } = options
  const paths = upgradePaths(directory)

  const arrive = (stage: UpgradeStage) => {
    const waiting: WaitingSuite = { guarantee, stage, at: new Date().toISOString() }
    const file = join(paths.waiting, waitingFile(guarantee))
    mkdirSync(paths.waiting, { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify(waiting))
    renameSync(`${file}.new`, file)
  }
  /** Waits beside the slot of the guarantee: others need it to get as far. */
  const reached = async (stage: UpgradeStage): Promise<UpgradeProgress> => {
    if (!cluster.features.includes('PlatformUpgrade')) throw notUpgraded(cluster)
    arrive(stage)
    return history.aside(async () => {
      for (;;) {
        signal.throwIfAborted()
        const progress = readProgress(paths.progress)
        if (progress !== undefined && isOver(progress, stage)) return progress
        if (progress?.failure !== undefined)
          throw new Inconclusive().withDetails({ reason: { summary: `The upgrade ended early. ${progress.failure}` } })
        await pause(betweenLooks, signal)
      }
    })
  }

  return {
    async begins() {
      await reached('begin')
      history.append({ type: 'mark', name: 'Every suite has made its state: the upgrade is about to begin' })
    },
    async upgraded(part) {
      const progress = await act({
        ...{ history, verb: 'upgrade', subject: { kind: 'Platform', name: cluster.name } },
        request: { part },
        send: async () => reached(part),
        answer: done,
      })
      for (const step of progress.steps.filter(({ stage }) => isReached(stage, part))) {
        const name = describeStep(step)
        if (name !== undefined && !history.entries.some((entry) => entry.type === 'mark' && entry.name === name))
          history.append({ type: 'mark', name })
      }
      const { changes, drained, stages } = progress
      const subject = { kind: 'Platform', name: cluster.name }
      measure('upgrade', part, { subject, value: { changes, drained, stages: stages.filter(({ stage }) => isReached(stage, part)) } })
    },
    state: async (label) => {
      measure('state', label, { subject: { kind: 'Namespace', name: namespace }, value: await readState({ api, namespace, signal }) })
      return { namespace, label }
    },
  }
}

/** What `upgraded` keeps of an upgrade, as a measurement `upgrade` of the Platform. */
export interface KeptUpgrade extends Pick<UpgradeProgress, 'changes' | 'drained'> {
  readonly stages: readonly UpgradedStage[]
}

function isOver({ stages }: UpgradeProgress, wanted: UpgradeStage): boolean {
  return stages.some(({ stage }) => stage === wanted)
}

function readProgress(file: string): UpgradeProgress | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as UpgradeProgress
  } catch {
    // It is not there yet.
    return undefined
  }
}

/** A step that is over, as a mark: it names the times of the machine that upgraded. */
function describeStep({ title, startedAt, endedAt }: UpgradeStep): string | undefined {
  if (startedAt === undefined || endedAt === undefined) return undefined
  return `Upgrade: ${title}, ${startedAt} to ${endedAt}`
}

function notUpgraded({ name }: ClusterRecord): Inconclusive {
  return new Inconclusive().withDetails({ reason: { summary: `Cluster ${name} is not being upgraded: run "holdfast upgrade".` } })
}
