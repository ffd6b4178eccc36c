import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { stringify } from 'yaml'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { projectRoot } from '../shell/project-root.ts'
import { log } from '../shell/log.ts'
import { codeEnding } from '../../contract/distribution.ts'

/** A chaos proxy between the suites and an API server; disposing of it ends the proxy. */
export interface Chaos extends AsyncDisposable {
  /** Path of a `cluster.json` whose kubeconfig leads to the proxy. */
  readonly cluster: string
}

/**
 * Puts a proxy between suites and the API server of a cluster, in a process of its own. What it does follows from the seed and is written
 * to `chaos.jsonl` in the directory of the run, so that a gap can be found there.
 */
export async function openChaos(options: { readonly seed: number; readonly directory: string; readonly cluster: string }): Promise<Chaos> {
  const { seed, directory, cluster } = options
  const record = JSON.parse(readFileSync(cluster, 'utf8')) as ClusterRecord
  const logFile = join(directory, 'chaos.jsonl')
  const script = join(projectRoot, 'harness', 'chaos', `main${codeEnding}`)
  const flags = ['--kubeconfig', record.kubeconfig, '--context', record.context, '--seed', String(seed), '--log', logFile]
  // Not in the group of this process, so that Ctrl-C leaves it to the suites while they clean up. It ends with this process, however that
  // ends.
  const proxy = execa(process.execPath, [script, ...flags], { detached: true, ipc: true, reject: false })
  const place = await proxy.getOneMessage().catch(async () => {
    const { stderr, exitCode } = await proxy
    throw new Error(`The chaos proxy exited with code ${String(exitCode)} before it was ready:\n${stderr}`)
  })
  const { port, token } = place as { readonly port: number; readonly token: string }
  const own = join(directory, 'chaos')
  mkdirSync(own, { recursive: true })
  const kubeconfig = join(own, 'kubeconfig')
  writeFileSync(kubeconfig, kubeconfigOf({ context: record.context, port, token }), { mode: 0o600 })
  const path = join(own, 'cluster.json')
  writeFileSync(path, JSON.stringify(behindProxy(record, kubeconfig), null, 2))
  log(`A chaos proxy with seed ${seed} is between the suites and ${record.name}; its log is ${logFile}.`)
  return {
    cluster: path,
    async [Symbol.asyncDispose]() {
      proxy.kill()
      await proxy
    },
  }
}

/** A second cluster is found beside the kubeconfig of the first, and is not behind the proxy. */
function behindProxy(record: ClusterRecord, kubeconfig: string): ClusterRecord {
  const why = { SecondCluster: 'a second cluster is not behind the chaos proxy' }
  const features = record.features.filter((feature) => feature !== 'SecondCluster')
  return { ...record, kubeconfig, features, lacking: { ...record.lacking, ...why } }
}

function kubeconfigOf({ context, port, token }: { readonly context: string; readonly port: number; readonly token: string }): string {
  const name = 'chaos'
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    contexts: [{ name: context, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    users: [{ name, user: { token } }],
  })
}
