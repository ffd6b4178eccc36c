import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { memoryNeeded, type SeenClass, seeMachine, type SeenMachine, seeStorage, type SeenStorage } from '../../clusters/index.ts'
import { kubernetesReleases } from '../../clusters/images/kubernetes-release.ts'
import { shellWord } from '../../contract/shell-word.ts'
import { readContexts, requireContext } from '../plan/kubeconfig-context.ts'
import { failureText } from '../shell/failure.ts'
import type { SettingsText } from './settings-text.ts'

/** Where to look. */
export interface LookOptions {
  /** That of kubectl when absent. */
  readonly kubeconfig?: string | undefined
  /** The current one when absent. */
  readonly context?: string | undefined
}

/** What was found of a kubeconfig. */
export interface SeenKubeconfig {
  readonly path: string
  readonly contexts: readonly string[]
  readonly current: string | undefined
  /** What the cluster has, or one sentence on why it was not seen; absent where no context is to be looked at. */
  readonly storage?: SeenStorage | { readonly why: string }
}

/**
 * Looks at this machine and at the cluster of a kubeconfig, and changes neither. A cluster that does not answer, and a usual kubeconfig
 * that cannot be read, are told of. Throws a `UsageError` for a kubeconfig or a context that was named and is not there.
 */
export async function lookAround(options: LookOptions): Promise<SettingsText> {
  const kubeconfig = await seeKubeconfig(options)
  return textOf(await seeMachine(), kubeconfig)
}

async function seeKubeconfig({ kubeconfig, context }: LookOptions): Promise<SeenKubeconfig | string> {
  const path = kubeconfig === undefined ? usualKubeconfig(context) : resolve(kubeconfig)
  if (path === undefined && context === undefined) return 'No kubeconfig was found: there is none in KUBECONFIG or ~/.kube/config.'
  const file = path ?? join(homedir(), '.kube', 'config')
  if (kubeconfig !== undefined || context !== undefined) requireContext(file, context)
  try {
    const { contexts, current } = readContexts(file)
    const chosen = context ?? current
    return { path: file, contexts, current, ...(chosen !== undefined && { storage: await storageOf(file, chosen) }) }
  } catch (error) {
    return failureText(error)
  }
}

/**
 * The kubeconfig that is looked at: of those in KUBECONFIG, which kubectl reads as one, the first that has the context that is wanted, or
 * one that is current; the first that is there where none has. Without KUBECONFIG, that of this user.
 */
function usualKubeconfig(context: string | undefined): string | undefined {
  const named = (process.env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '')
  const candidates = named.length > 0 ? named : [join(homedir(), '.kube', 'config')]
  const present = candidates.map((path) => resolve(path)).filter((path) => existsSync(path))
  return present.find((path) => hasContext(path, context)) ?? present[0]
}

function hasContext(kubeconfig: string, context: string | undefined): boolean {
  try {
    const { contexts, current } = readContexts(kubeconfig)
    return context === undefined ? current !== undefined : contexts.includes(context)
  } catch {
    return false
  }
}

async function storageOf(kubeconfig: string, context: string): Promise<SeenStorage | { readonly why: string }> {
  try {
    return await seeStorage({ kubeconfig, context })
  } catch (error) {
    return { why: failureText(error).split('\n')[0] ?? '' }
  }
}

/** The lines and settings that follow from what was found. */
export function textOf(machine: SeenMachine, kubeconfig: SeenKubeconfig | string): SettingsText {
  if (typeof kubeconfig === 'string') return { head: [...machineLines(machine), kubeconfig], found: {} }
  const { path, contexts, current, storage } = kubeconfig
  const names = contexts.map((name) => (name === current ? `${name} (current)` : name)).join(', ')
  const head = [...machineLines(machine), `Contexts of ${path}: ${names === '' ? 'none' : names}.`]
  if (storage === undefined) return { head: [...head, 'None of them is current, so no cluster was looked at.'], found: {} }
  if ('why' in storage) return { head: [...head, `Its cluster was not seen: ${storage.why}`], found: {} }
  const minor = /^v?(1\.\d+)/.exec(storage.version)?.[1]
  const isPinned = kubernetesReleases.some((release) => release.minor === minor)
  return {
    head: [...head, ...storageLines(storage), ...commandLines(path, storage)],
    found: isPinned ? { kubernetes: { value: minor, from: `Set to the version of the cluster of ${storage.context}.` } } : {},
  }
}

function machineLines({ engine, processors, memoryGiB }: SeenMachine): readonly string[] {
  const size = `This machine has ${processors} processors and ${memoryGiB} GiB of memory`
  const isSmall = memoryGiB < memoryNeeded ? `, less than the ${memoryNeeded} GiB that a run needs` : ''
  const ofEngine = engine === undefined ? 'no container engine answers; "holdfast doctor" says what to do' : `container engine ${engine}`
  return [`${size}${isSmall}; ${ofEngine}.`]
}

function storageLines({ context, version, storageClasses, snapshotClasses, drivers }: SeenStorage): readonly string[] {
  const ofClass = (kind: string, { name, driver, isDefault }: SeenClass, more: readonly string[]) =>
    `  ${kind} ${name} of ${driver}: ${[...(isDefault ? ['default'] : []), ...more].join(', ')}`.replace(/: $/, '')
  const unseen = [
    ...(storageClasses === undefined ? ['StorageClasses'] : []),
    ...(snapshotClasses === undefined ? ['VolumeSnapshotClasses'] : []),
    ...(drivers === undefined ? ['CSIDrivers'] : []),
  ]
  return [
    `The cluster of ${context} runs Kubernetes ${version} and has`,
    ...(storageClasses ?? []).map((each) =>
      ofClass('StorageClass', each, [each.bindingMode, ...(each.allowsExpansion ? ['allows expansion'] : [])]),
    ),
    ...(snapshotClasses ?? []).map((each) => ofClass('VolumeSnapshotClass', each, [])),
    ...(drivers === undefined ? [] : [`  CSI drivers: ${drivers.length === 0 ? 'none' : drivers.join(', ')}`]),
    ...(unseen.length === 0 ? [] : [`  no ${unseen.join(', ')} that this user may see`]),
  ]
}

/** How to look at, and judge, the storage that was found. */
function commandLines(path: string, { context, storageClasses = [], snapshotClasses = [] }: SeenStorage): readonly string[] {
  const chosen = storageClasses.find(({ isDefault }) => isDefault) ?? storageClasses[0]
  if (chosen === undefined) return []
  const ofDriver = snapshotClasses.filter(({ driver }) => driver === chosen.driver)
  const snapshots = ofDriver.find(({ isDefault }) => isDefault) ?? ofDriver[0]
  const flags = [
    ['--kubeconfig', path],
    ['--context', context],
    ['--storage-class', chosen.name],
    ...(snapshots === undefined ? [] : [['--snapshot-class', snapshots.name]]),
  ].map(([flag = '', value = '']) => `${flag} ${shellWord(value)}`)
  return [
    'What a run on it would do, without touching it; no setting leads a run to a cluster, only these flags do:',
    `  holdfast run --dry-run ${flags.join(' ')}`,
  ]
}
