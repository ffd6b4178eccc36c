import { Exec, type KubernetesObject, type V1Pod, type V1Status } from '@kubernetes/client-node'
import { createWriteStream } from 'node:fs'
import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { inCluster } from '../../contract/shards.ts'
import { clusterApi, type KubectlPlace, untilReady } from '../api.ts'
import type { Log } from '../log.ts'
import { troubleOf } from '../readiness/pod-trouble.ts'
import { SetupError } from '../setup-error.ts'
import { referenceOf } from './make-objects.ts'

/** Evidence of a run that is read out of its cluster. */
export interface EvidenceRequest {
  /** The Pod that has it. */
  readonly reader: object
  /** File that gets it, as a gzipped tar archive. */
  readonly file: string
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

const startsWithin = 300
const attempts = 3

/** Command that writes all evidence to standard output, once it is all there. */
const archive = [
  ...['tar', '--create', '--gzip', '--directory', inCluster.evidenceDirectory],
  ...['--exclude', './lost+found', '--exclude', './incoming', '.'],
]

/**
 * Starts a Pod that has the evidence of all shards, and writes what it has to a file. The Pod is deleted again. Throws a `SetupError` where
 * that does not work; the evidence stays where it is then.
 */
export async function readEvidence(place: KubectlPlace, { file, log, signal, ...given }: EvidenceRequest): Promise<void> {
  const reader = given.reader as KubernetesObject
  const api = clusterApi(place.kubeconfig, place.context)
  const reference = referenceOf(reader)
  // One of a collector that was killed may not have all of it.
  await api.delete(reference)
  await untilReady({
    what: `The end of an earlier Pod ${reference.name}`,
    within: startsWithin,
    every: 1,
    signal,
    look: async () => still(),
  })
  async function still(): Promise<string | undefined> {
    return (await api.read(reference)) === undefined ? undefined : 'it is still there'
  }
  log(`reading the evidence with Pod ${reference.namespace ?? ''}/${reference.name}`)
  await api.objects.create(reader)
  try {
    const look = async () => {
      const pod = await api.read<V1Pod>(reference)
      if (pod === undefined) return 'it is gone'
      if (pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true) return undefined
      return troubleOf(pod, [])?.what ?? pod.status?.phase ?? 'it has no status'
    }
    await untilReady({ what: `Pod ${reference.namespace ?? ''}/${reference.name}`, within: startsWithin, every: 1, signal, look })
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await copyOut(place, { pod: reference.name, namespace: reference.namespace ?? '', file })
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        if (attempt === attempts) throw new SetupError(`The evidence could not be read: ${why}.`, { cause: error })
        log(`reading the evidence failed, trying again: ${why}`)
        await pause(attempt * 2000, undefined, { signal })
      }
    }
  } finally {
    await api.delete(reference).catch(() => undefined)
  }
}

async function copyOut(
  place: KubectlPlace,
  { pod, namespace, file }: { readonly pod: string; readonly namespace: string; readonly file: string },
): Promise<void> {
  const exec = new Exec(clusterApi(place.kubeconfig, place.context).config)
  const out = createWriteStream(file)
  const said: string[] = []
  const errors = new Writable({ write: (chunk, _, done) => (said.push(String(chunk)), done()) })
  const { promise: ended, resolve, reject } = Promise.withResolvers<V1Status>()
  const socket = await exec.exec(namespace, pod, inCluster.reader, archive, out, errors, null, false, resolve)
  // The status comes before it, where the command ended.
  socket.addEventListener('close', () => reject(new Error(`the connection to Pod ${pod} ended before the archive did`)))
  socket.addEventListener('error', ({ message }) => reject(new Error(message)))
  try {
    const { status, message = 'it did not say why' } = await ended
    if (status !== 'Success') throw new Error(`${archive[0] ?? ''} in Pod ${pod} failed: ${said.join('').trim() || message}`)
  } finally {
    socket.close()
    out.end()
    await finished(out).catch(() => undefined)
  }
}
