import { ApiException, KubeConfig, KubernetesObjectApi, loadYaml, PatchStrategy, type KubernetesObject } from '@kubernetes/client-node'
import { setTimeout as pause } from 'node:timers/promises'
import type { ClusterRecord } from '../contract/cluster-record.ts'
import { SetupError } from './setup-error.ts'
import { type Patience, untilAnswered } from './until-answered.ts'

/** Name under which Holdfast owns fields of the objects it applies. */
const fieldManager = 'holdfast'

/** The Kubernetes API of one cluster, as far as setting it up needs it. */
export interface ClusterApi {
  readonly config: KubeConfig
  /** Where kubectl finds the same cluster. */
  readonly place: KubectlPlace
  readonly objects: KubernetesObjectApi
  /** Creates or updates an object by server-side apply. */
  apply(object: KubernetesObject): Promise<void>
  /** Reads an object; undefined when it does not exist. */
  read<T extends KubernetesObject>(reference: ObjectReference): Promise<T | undefined>
  /** Deletes an object, and tries again where the API server was busy; one that does not exist is fine. */
  delete(reference: ObjectReference, patience?: Patience): Promise<void>
}

/** The cluster that a kubectl command is for. */
export type KubectlPlace = Pick<ClusterRecord, 'kubeconfig' | 'context'>

/** Names one object. */
export interface ObjectReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

function header(reference: ObjectReference): { apiVersion: string; kind: string; metadata: { name: string; namespace?: string } } {
  const { apiVersion, kind, name, namespace } = reference
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }
}

function isNotFound(error: unknown): boolean {
  return error instanceof ApiException && error.code === 404
}

/** Opens the API that a kubeconfig file describes. */
export function clusterApi(kubeconfig: string, context?: string): ClusterApi {
  const config = new KubeConfig()
  config.loadFromFile(kubeconfig)
  if (context !== undefined) config.setCurrentContext(context)
  const objects = KubernetesObjectApi.makeApiClient(config)
  return {
    config,
    place: { kubeconfig, context: config.getCurrentContext() },
    objects,
    async apply(object) {
      await objects.patch(toClientModel(object), undefined, undefined, fieldManager, true, PatchStrategy.ServerSideApply)
    },
    async read<T extends KubernetesObject>(reference: ObjectReference) {
      try {
        return await objects.read<T>(header(reference))
      } catch (error) {
        if (isNotFound(error)) return undefined
        throw error
      }
    },
    async delete(reference, patience) {
      try {
        await untilAnswered(async () => objects.delete(header(reference)), patience)
      } catch (error) {
        if (!isNotFound(error)) throw error
      }
    },
  }
}

/**
 * The client sends of a kind that it knows only what it spells its own way, such as `x_kubernetes_validations`: a definition read from YAML
 * would lose its rules, defaults and enumerations.
 */
export function toClientModel(object: KubernetesObject): KubernetesObject {
  return object.kind === 'CustomResourceDefinition' ? loadYaml<KubernetesObject>(JSON.stringify(object)) : object
}

const secondsBetweenLooks = 0.15

/** What a look found will never be ready: waiting on is no use. */
export class NeverReady extends SetupError {}

/**
 * Looks until `look` finds nothing missing. `look` returns what is still missing, in words that name the culprit, or undefined.
 * Throws a SetupError with the last thing missing when `within` seconds have passed, and at once what `look` throws as `NeverReady`.
 */
export async function untilReady(options: {
  readonly what: string
  readonly within: number
  readonly look: () => Promise<string | undefined>
  /** Seconds from one look to the next. */
  readonly every?: number
  readonly signal?: AbortSignal | undefined
}): Promise<void> {
  const deadline = Date.now() + options.within * 1000
  let missing: string | undefined = 'not checked yet'
  for (;;) {
    options.signal?.throwIfAborted()
    try {
      missing = await options.look()
    } catch (error) {
      if (error instanceof NeverReady) throw error
      missing = error instanceof Error ? error.message.split('\n')[0] : String(error)
    }
    if (missing === undefined) return
    if (Date.now() > deadline) throw new SetupError(`${options.what} was not ready within ${options.within} s: ${missing}.`)
    await pause((options.every ?? secondsBetweenLooks) * 1000)
  }
}
