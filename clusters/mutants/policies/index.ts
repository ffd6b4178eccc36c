import { applicationPolicies } from './application.ts'
import { csiDriverPolicies } from './csi-driver.ts'
import { deploymentPolicies } from './deployment.ts'
import { eventPolicies } from './event.ts'
import { jobPolicies } from './job.ts'
import { podDisruptionBudgetPolicies } from './pod-disruption-budget.ts'
import { podPolicies } from './pod.ts'
import { probePolicies } from './probe.ts'
import { pvcPolicies } from './pvc.ts'
import { quotaPolicies } from './quota.ts'
import { replicaSetPolicies } from './replicaset.ts'
import { servicePolicies } from './service.ts'
import { statefulSetPolicies } from './statefulset.ts'
import { storageClassPolicies } from './storage-class.ts'
import { veleroPolicies } from './velero.ts'
import { volumeSnapshotPolicies } from './volume-snapshot.ts'

/**
 * Every mutant that is an admission policy. The API server changes objects labelled for it, or in namespaces so labelled, and no others.
 */
export const policies = {
  ...applicationPolicies,
  ...csiDriverPolicies,
  ...deploymentPolicies,
  ...eventPolicies,
  ...jobPolicies,
  ...podDisruptionBudgetPolicies,
  ...podPolicies,
  ...probePolicies,
  ...pvcPolicies,
  ...quotaPolicies,
  ...replicaSetPolicies,
  ...servicePolicies,
  ...statefulSetPolicies,
  ...storageClassPolicies,
  ...veleroPolicies,
  ...volumeSnapshotPolicies,
}
