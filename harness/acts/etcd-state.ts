import { execa } from 'execa'
import { Inconclusive } from '../errors.ts'

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
  const docker = async (...arguments_: readonly string[]) => {
    const ended = await execa('docker', arguments_, { all: true, reject: false, cancelSignal: signal })
    signal.throwIfAborted()
    if (ended.exitCode === 0) return ended.stdout
    const summary = `"docker ${arguments_.slice(0, 2).join(' ')}" ended with ${String(ended.exitCode)} for node ${node}.`
    throw new Inconclusive().tell({ reason: { summary, actual: ended.all.trim() } })
  }
  const image = await docker('inspect', '--format', '{{.Image}}', node)
  await docker('stop', node)
  await docker('run', '--rm', '--network', 'none', '--volumes-from', node, '--entrypoint', 'sh', image, '-c', script)
  await docker('start', node)
  await docker('exec', node, 'timeout', String(answersWithin), 'sh', '-c', answers)
}
