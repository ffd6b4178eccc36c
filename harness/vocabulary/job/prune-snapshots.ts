import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import type { JobOptions } from './jobs.ts'
import { snapshotAccount } from './snapshot-jobs.ts'

const credentials = '/var/run/secrets/kubernetes.io/serviceaccount'

const prune = `
import { readFileSync } from 'node:fs'
const read = (file) => readFileSync('${credentials}/' + file, 'utf8')
const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port, KEEP: keep } = process.env
const address = 'https://' + host + ':' + port + '/apis/snapshot.storage.k8s.io/v1/namespaces/' + read('namespace') + '/volumesnapshots'
const headers = { authorization: 'Bearer ' + read('token') }
const { items } = await (await fetch(address, { headers })).json()
const made = (item) => Date.parse(item.metadata.creationTimestamp)
for (const { metadata } of items.sort((one, other) => made(one) - made(other)).slice(0, -keep)) {
  const { ok } = await fetch(address + '/' + metadata.name, { method: 'DELETE', headers })
  if (!ok) process.exitCode = 1
}
`

/**
 * A Job that deletes all but the newest VolumeSnapshots of its namespace, as this does: `kubectl get volumesnapshots --output json | jq
 * --raw-output '.items | sort_by(.metadata.creationTimestamp) | .[:-keep][].metadata.name' | xargs kubectl delete volumesnapshot`.
 */
export function pruneSnapshots({
  cluster,
  keep,
}: {
  readonly cluster: Pick<ClusterRecord, 'workloadImage'>
  readonly keep: number
}): JobOptions {
  return {
    image: cluster.workloadImage,
    script: 'node --input-type=module --eval "$PRUNE"',
    env: [
      { name: 'PRUNE', value: prune },
      { name: 'KEEP', value: String(keep) },
      { name: 'NODE_EXTRA_CA_CERTS', value: `${credentials}/ca.crt` },
    ],
    serviceAccount: snapshotAccount,
  }
}
