import { readFileSync } from 'node:fs'
import type { ClusterRecord } from '../contract/cluster-record.ts'
import { messageOf } from './engine/causes.ts'
import { keptNamespaces } from './engine/fixtures/keep-namespace.ts'
import { openApi } from './engine/kubernetes/api.ts'
import { readConnection } from './engine/kubernetes/connection.ts'
import { removeGuaranteeResources } from './fixtures/clean-up.ts'
import { withReachableVelero } from './fixtures/sweep-velero.ts'

const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** Removes the namespaces of failed guarantees that runs kept on a cluster, with all that belongs to them. Returns whether all are gone. */
async function sweepKept(found: ClusterRecord): Promise<boolean> {
  const api = openApi(await readConnection(found.kubeconfig, found.context))
  try {
    const cluster = await withReachableVelero({ api, cluster: found })
    const names = await keptNamespaces(api)
    if (names.length === 0) print('No namespace of a failed guarantee is kept there.')
    const left: string[] = []
    for (const namespace of names) {
      print(`Deleting namespace ${namespace} of a failed guarantee.`)
      left.push(...(await removeGuaranteeResources({ api, cluster, namespace })))
    }
    for (const sentence of left) print(sentence)
    return left.length === 0
  } finally {
    api.close()
  }
}

const { HOLDFAST_CLUSTER: file = '' } = process.env
try {
  process.exitCode = (await sweepKept(JSON.parse(readFileSync(file, 'utf8')) as ClusterRecord)) ? 0 : 1
} catch (error) {
  print(`The kept namespaces cannot be removed: ${messageOf(error)}`)
  process.exitCode = 3
}
