import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from '../setup-error.ts'

/** Where a Pod has the credentials of its ServiceAccount. See https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
const mounted = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Name of the context in the kubeconfig of a Pod. */
export const contextOfPod = 'in-cluster'

/**
 * Writes a kubeconfig with the ServiceAccount of this Pod to a file. The token stays in its file, which the kubelet renews. Throws a
 * `SetupError` outside of a Pod.
 */
export function writeKubeconfigOfPod(path: string, { directory = mounted, env = process.env } = {}): void {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env
  const tokenFile = join(directory, 'token')
  if (host === undefined || !existsSync(tokenFile)) {
    throw new SetupError('This is no Pod with a ServiceAccount: it has no credentials for the cluster that it runs in.', {
      fix: 'Outside of a cluster, name it with --kubeconfig <file>.',
    })
  }
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: contextOfPod, cluster: { server, 'certificate-authority': join(directory, 'ca.crt') } }],
    // kubectl and the suites read the file by one name, the Kubernetes client by the other.
    users: [{ name: contextOfPod, user: { tokenFile, 'token-file': tokenFile } }],
    contexts: [{ name: contextOfPod, context: { cluster: contextOfPod, user: contextOfPod } }],
    'current-context': contextOfPod,
  }
  writeFileSync(path, JSON.stringify(config), { mode: 0o600 })
}
