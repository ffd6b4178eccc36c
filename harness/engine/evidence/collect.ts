import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../causes.ts'
import type { HistoryEntry, ObservedObject } from '../history/history-entry.ts'
import type { KubernetesApi } from '../kubernetes/api.ts'
import { namespacesOf } from '../kubernetes/bound-objects.ts'
import type { SubjectCollector } from './collector.ts'
import { collectNamespace } from './namespace.ts'

/** What is collected of a namespace, and where to. */
export interface Collection {
  readonly api: KubernetesApi
  readonly namespace: string
  readonly directory: string
  readonly history: readonly HistoryEntry[]
  /** Collect what is of one subject. */
  readonly subjects: readonly SubjectCollector[]
  /** Takes the paths of what was read and is empty, such as the log of a container that said nothing: no file is written for it. */
  readonly empty: string[]
  /** Aborted when the time for it is over: nothing is asked for or written from then on. */
  readonly signal: AbortSignal
}

/**
 * Writes final objects, Events and container logs of a namespace and its additional ones, then what each subject adds. What
 * cannot be collected is named in the result, and keeps nothing else from being collected.
 */
export async function collectEvidence({
  api,
  namespace,
  directory,
  history,
  subjects,
  empty,
  signal,
}: Collection): Promise<readonly string[]> {
  const missing: string[] = []
  const tried = async <Result>(what: string, collect: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      signal.throwIfAborted()
      return await collect()
    } catch (error) {
      missing.push(`${what} could not be collected: ${messageOf(error)}`)
      return undefined
    }
  }
  const write = (file: string, content: string) => {
    signal.throwIfAborted()
    if (content === '') {
      empty.push(file)
      return
    }
    try {
      writeFileSync(join(directory, file), content)
    } catch (error) {
      missing.push(`${file} could not be written: ${messageOf(error)}`)
    }
  }
  mkdirSync(join(directory, 'objects'), { recursive: true })
  mkdirSync(join(directory, 'logs'), { recursive: true })

  const objects: ObservedObject[] = []
  const namespaces = (await tried('Namespaces', async () => namespacesOf(api, namespace, signal))) ?? [namespace]
  for (const one of namespaces)
    objects.push(
      ...((await tried(`Evidence of ${one}`, async () =>
        collectNamespace({ api, namespace: one, prefix: prefixOf(namespace, one), signal, tried, missing, write }),
      )) ?? []),
    )
  for (const { what, collect } of subjects)
    await tried(what, async () => collect({ api, namespace, directory, history, objects, signal, tried, missing, write }))
  return missing
}

/** Prefix of the evidence files of an additional namespace: its suffix. */
function prefixOf(namespace: string, one: string): string {
  return one === namespace ? '' : `${one.slice(namespace.length + 1)}.`
}
