import { setTimeout as pause } from 'node:timers/promises'
import { ApiException } from '@kubernetes/client-node'
import type { ClusterApi } from '../api.ts'
import { statusMessage } from '../existing/status-message.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { established } from '../steps/storage.ts'
import { isTransient } from '../until-answered.ts'
import { type PlacedManifest, titleOf } from './manifest.ts'
import type { InstallPlan } from './install-plan.ts'
import { broughtKinds, kindOf } from './served.ts'
import { type WrittenObjects, writtenObjects } from './written-objects.ts'

/** How a plan is carried out. */
export interface ApplyOptions {
  readonly log: Log
  readonly signal?: AbortSignal | undefined
  /** Seconds for which an object is applied again that is refused for the moment. */
  readonly within?: number
}

/** A new kind is served, and a new namespace takes Pods, a moment after the API server said so. */
const usualSeconds = 60
const secondsBetweenTries = 0.5

/**
 * Applies the objects of a plan, stage by stage. Throws a `SetupError` of one sentence for a kind that the cluster does not serve, before
 * anything is applied, and for an object that it refuses.
 */
export async function applyPlan(api: ClusterApi, { stages }: Pick<InstallPlan, 'stages'>, options: ApplyOptions): Promise<void> {
  const objects = writtenObjects(api.config)
  const all = stages.flatMap(({ manifests }) => manifests)
  await requireServed(objects, all)
  options.log(`installing ${all.length} objects`)
  for (const { name, manifests } of stages) {
    for (const each of manifests) await applied(objects, each, options)
    if (name === 'definitions') for (const { manifest } of manifests) await established(api, manifest.metadata?.name ?? '')
  }
}

async function requireServed(objects: WrittenObjects, all: readonly PlacedManifest[]): Promise<void> {
  const brought = broughtKinds(all.map(({ manifest }) => manifest))
  const known = new Map<string, boolean>()
  for (const { manifest, place } of all) {
    const { apiVersion = '', kind = '' } = manifest
    const key = kindOf(manifest)
    if (brought.has(key)) continue
    if (!known.has(key)) known.set(key, await objects.serves(apiVersion, kind))
    if (known.get(key) === true) continue
    throw new SetupError(`${titleOf(manifest)} of ${place} cannot be installed: the cluster does not serve ${kind} of ${apiVersion}.`, {
      fix: 'Correct its apiVersion and kind, add its CustomResourceDefinition, or leave it out.',
    })
  }
}

async function applied(
  objects: WrittenObjects,
  { manifest, place }: PlacedManifest,
  { signal, within = usualSeconds }: ApplyOptions,
): Promise<void> {
  const deadline = Date.now() + within * 1000
  for (;;) {
    signal?.throwIfAborted()
    try {
      await objects.apply(manifest)
      return
    } catch (error) {
      if (!mayPass(error) || Date.now() > deadline) throw refusal({ manifest, place }, error)
    }
    await pause(secondsBetweenTries * 1000)
  }
}

/** Whether the API server may take an object a moment later: it was busy, or does not know yet what was there a moment ago. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof ApiException)) return true
  const { code } = error
  if (code === 403) return /error looking up service account/.test(statusMessage(error))
  return code === 404 || code === 409 || isTransient(error)
}

function refusal({ manifest, place }: PlacedManifest, error: unknown): SetupError {
  const why = error instanceof ApiException ? statusMessage(error) : firstLine(error)
  return new SetupError(`The cluster refuses ${titleOf(manifest)} of ${place}: ${why}.`, {
    fix: 'Correct it, or leave it out.',
    cause: error,
  })
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return (text.split('\n')[0] ?? text).replace(/\.$/, '')
}
