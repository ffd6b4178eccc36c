import { accountWith } from '../api/account.ts'
import { type ApplicationCluster, applicationImage } from '../pod/builders/application-image.ts'
import type { JobOptions } from './jobs.ts'

const group = 'snapshot.storage.k8s.io'

/** ServiceAccount of Jobs that take VolumeSnapshots. */
export const snapshotAccount = 'snapshots'

/** What may take and remove VolumeSnapshots: a ServiceAccount, a Role with just the verbs that it takes, and what binds the two. */
export function snapshotAccess() {
  const verbs = ['create', 'get', 'list', 'watch', 'patch', 'delete']
  return accountWith(snapshotAccount, { apiGroups: [group], resources: ['volumesnapshots'], verbs })
}

/** Of which PVC VolumeSnapshots are taken, with which class, and how many are kept. */
export interface RotationOptions {
  readonly cluster: ApplicationCluster
  readonly pvc: string
  readonly snapshotClass: string
  readonly keep: number
}

/** A Job that takes a VolumeSnapshot, waits until it is ready, and removes all but the newest ones. */
export function rotateSnapshots({ cluster, pvc, snapshotClass, keep }: RotationOptions): JobOptions {
  const script = `set -euo pipefail
name=${pvc}-$(date +%Y%m%d-%H%M%S)
kubectl apply --filename - << END
apiVersion: ${group}/v1
kind: VolumeSnapshot
metadata:
  name: $name
  labels: { rotation: ${pvc} }
spec:
  volumeSnapshotClassName: ${snapshotClass}
  source: { persistentVolumeClaimName: ${pvc} }
END
kubectl wait --for=jsonpath='{.status.readyToUse}'=true "volumesnapshot/$name" --timeout=60s
kubectl get volumesnapshots --selector rotation=${pvc} --sort-by .metadata.creationTimestamp --output name | head --lines -${keep} |
  while read -r old; do kubectl delete "$old" --wait=false; done
`
  return { image: applicationImage(cluster, 'backupTools'), script, serviceAccount: snapshotAccount }
}
