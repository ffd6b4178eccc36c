import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Feature } from '../clusters/record.ts'
import type { Guarantee } from '../harness/guarantee.ts'
import { loadSettings, type Settings } from './config.ts'
import { readCatalogue, selectGuarantees, type SuiteEntry } from './guarantee-catalogue.ts'
import { projectRoot } from './project-root.ts'
import { UsageError } from './usage-error.ts'

/** What a run was asked for on the command line. */
export interface RunOptions {
  readonly config?: string
  readonly retain?: boolean
  readonly profile?: Settings['profile']
  readonly workers?: number
  /** Name of a cluster made by `holdfast up`. */
  readonly cluster?: string
  readonly kubeconfig?: string
  readonly context?: string
  readonly storageClass?: string
  readonly snapshotClass?: string
  readonly declare?: readonly Feature[]
}

/** A cluster that Holdfast did not make. */
export interface ForeignCluster {
  readonly kubeconfig: string
  readonly context?: string
  readonly storageClass?: string
  readonly snapshotClass?: string
  readonly declared?: readonly Feature[]
}

/** A run, thought through before anything is started. */
export interface RunPlan {
  readonly settings: Settings
  readonly catalogue: readonly SuiteEntry[]
  readonly guarantees: readonly Guarantee[]
  readonly retain: boolean
  readonly target:
    | { readonly kind: 'new' }
    | { readonly kind: 'kept'; readonly name: string }
    | { readonly kind: 'foreign'; readonly cluster: ForeignCluster }
}

/** Checks flags, settings and names. Throws a `UsageError` for the first thing that makes no sense; nothing was started by then. */
export function planRun(names: readonly string[], options: RunOptions): RunPlan {
  const settings = mergeSettings(options)
  const target = targetOf(options)
  const catalogue = readCatalogue(projectRoot)
  const guarantees = selectGuarantees(catalogue, names)
  if (guarantees.length === 0) throw new UsageError('There is no suite in suites/.', { fix: 'Check out the whole repository.' })
  return { settings, catalogue, guarantees, retain: options.retain ?? false, target }
}

/** Settings from the file, with what flags say on top. */
export function mergeSettings({ config, profile, workers }: RunOptions): Settings {
  const settings = loadSettings({ root: projectRoot, path: config })
  return { ...settings, ...(profile === undefined ? {} : { profile }), ...(workers === undefined ? {} : { workers }) }
}

function targetOf(options: RunOptions): RunPlan['target'] {
  const { kubeconfig, cluster, context, storageClass, snapshotClass, declare } = options
  if (kubeconfig === undefined) {
    const stray = Object.entries({
      '--context': context,
      '--storage-class': storageClass,
      '--snapshot-class': snapshotClass,
      '--declare': declare,
    })
    for (const [flag, value] of stray) {
      if (value !== undefined) throw new UsageError(`${flag} speaks of an existing cluster.`, { fix: 'Add --kubeconfig <file>.' })
    }
    return cluster === undefined ? { kind: 'new' } : { kind: 'kept', name: cluster }
  }
  if (cluster !== undefined) throw new UsageError('--cluster and --kubeconfig name two clusters.', { fix: 'Give one of them.' })
  const path = resolve(kubeconfig)
  if (!existsSync(path))
    throw new UsageError(`Kubeconfig ${path} does not exist.`, { fix: 'Give --kubeconfig the path of a kubeconfig file.' })
  const given = {
    ...(context === undefined ? {} : { context }),
    ...(storageClass === undefined ? {} : { storageClass }),
    ...(snapshotClass === undefined ? {} : { snapshotClass }),
    ...(declare === undefined ? {} : { declared: declare }),
  }
  return { kind: 'foreign', cluster: { kubeconfig: path, ...given } }
}
