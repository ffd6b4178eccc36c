import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import type { JobOptions } from './jobs.ts'
import { snapshotAccount } from './snapshot-jobs.ts'

/** Which VolumeSnapshot a Job asks for. */
export interface SnapshotRequestOptions {
  readonly cluster: Pick<ClusterRecord, 'workloadImage'>
  readonly volumeSnapshot: object
  /** The one of `snapshotAccess` when absent. */
  readonly serviceAccount?: string
}

const credentials = '/var/run/secrets/kubernetes.io/serviceaccount'

const request = `
import { readFileSync } from 'node:fs'
const read = (file) => readFileSync('${credentials}/' + file, 'utf8')
const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port, SNAPSHOT: body } = process.env
const address = 'https://' + host + ':' + port + '/apis/snapshot.storage.k8s.io/v1/namespaces/' + read('namespace') + '/volumesnapshots'
const headers = { authorization: 'Bearer ' + read('token'), 'content-type': 'application/json' }
const answer = await fetch(address, { method: 'POST', headers, body })
console.log(await answer.text())
process.exitCode = answer.ok ? 0 : 1
`

/** A Job that creates a VolumeSnapshot and ends, as `kubectl create` does: well when the API server stored the object. */
export function snapshotRequest({ cluster, volumeSnapshot, serviceAccount = snapshotAccount }: SnapshotRequestOptions): JobOptions {
  return {
    image: cluster.workloadImage,
    script: 'node --input-type=module --eval "$REQUEST"',
    env: [
      { name: 'REQUEST', value: request },
      { name: 'SNAPSHOT', value: JSON.stringify(volumeSnapshot) },
      { name: 'NODE_EXTRA_CA_CERTS', value: `${credentials}/ca.crt` },
    ],
    serviceAccount,
  }
}
