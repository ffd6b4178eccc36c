import { containerEngine } from './container-engine.ts'

/** Where the nodes of kind keep the data of etcd, and where a copy of it is kept meanwhile. */
const directories = { inUse: '/var/lib/etcd', kept: '/var/lib/etcd-kept' } as const

/** How long the API server of a node that was started takes to answer at most, in seconds. */
const answersWithin = 120

const answers = `until kubectl --kubeconfig /etc/kubernetes/admin.conf get --raw /readyz >/dev/null 2>&1; do sleep 0.2; done`

/** Copies what the etcd of the only node of a cluster holds, the node stopped meanwhile: nothing is written while it is copied. */
export async function keepEtcd(node: string, signal: AbortSignal): Promise<void> {
  await whileStopped(node, { script: `rm -rf ${directories.kept} && cp -a ${directories.inUse} ${directories.kept}`, signal })
}

/** Gives the etcd of the only node of a cluster back what was kept of it. All that was stored since is forgotten. */
export async function restoreEtcd(node: string, signal: AbortSignal): Promise<void> {
  await whileStopped(node, { script: `rm -rf ${directories.inUse} && cp -a ${directories.kept} ${directories.inUse}`, signal })
}

/** Runs a script on the files of a stopped node, and starts it again. Throws `Inconclusive` when any of it does not work. */
async function whileStopped(node: string, { script, signal }: { readonly script: string; readonly signal: AbortSignal }): Promise<void> {
  const image = await containerEngine(['inspect', '--format', '{{.Image}}', node], signal)
  await containerEngine(['stop', node], signal)
  await containerEngine(['run', '--rm', '--network', 'none', '--volumes-from', node, '--entrypoint', 'sh', image, '-c', script], signal)
  await containerEngine(['start', node], signal)
  await containerEngine(['exec', node, 'timeout', String(answersWithin), 'sh', '-c', answers], signal)
}
