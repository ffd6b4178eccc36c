import type { ProvidedContext } from 'vitest'
import { readEnvironment } from '../fixtures/environment.ts'
import { keyOf } from './key-of.ts'
import { readCredentials } from './read-credentials.ts'

/** Reads the credentials of the cluster of this run once, for all workers. Throws with one sentence when the kubeconfig cannot be used. */
export async function credentialsForWorkers(): Promise<Pick<ProvidedContext, 'credentials'>> {
  const { kubeconfig, context } = readEnvironment().cluster
  return { credentials: { [keyOf(kubeconfig, context)]: await readCredentials(kubeconfig, context) } }
}
