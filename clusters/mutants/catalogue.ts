import { groupFaults, snapshotFaults, volumeFaults } from '../csi-hostpath/faults/catalogue.ts'

/** A real way of breaking a documented sentence on a live cluster. */
export interface Mutant {
  /** What is broken, in one sentence. */
  readonly description: string
  /**
   * How: `storage-class`, `snapshot-class` and `group-snapshot-class` run the suites with a class of a faulty driver, `admission-policy` lets the API
   * server change objects labelled `holdfast.dev/mutant=<name>`, or in namespaces so labelled, `backup-location` runs the suites with a BackupStorageLocation
   * that does not keep its promise, `rogue` has a third party do damage at a fixed moment: to the object store, beside Velero, to Pods, rights or components.
   */
  readonly by: 'storage-class' | 'snapshot-class' | 'group-snapshot-class' | 'admission-policy' | 'backup-location' | 'rogue'
}

const policies = {
  'parallel-pod-management': 'The API server stores every StatefulSet with podManagementPolicy Parallel.',
  'ordered-pod-management': 'The API server stores every StatefulSet with podManagementPolicy OrderedReady.',
  'pvcs-deleted-with-statefulset':
    'The API server stores every StatefulSet with a PVC retention policy of Delete for scaling and deletion.',
  'volume-not-mounted': 'The API server removes the volume mounts of every Pod, so that containers write to their own file system.',
  'shrink-swallowed': 'The API server raises a lowered PersistentVolumeClaim request back to the old size instead of refusing it.',
  'single-pod-widened': 'The API server stores every ReadWriteOncePod PersistentVolumeClaim as ReadWriteOnce.',
  'read-only-dropped': 'The API server forgets that a Pod asked for its volume read-only.',
  'claims-orphaned': 'The API server stores every PersistentVolumeClaim without its owner.',
  'binding-mode-ignored': 'The API server stores every PersistentVolumeClaim with a StorageClass that binds at once.',
  'rolling-deployments': 'The API server stores every Deployment with strategy RollingUpdate.',
  'command-as-arguments':
    'The API server stores the command of every container as arguments, which leaves the entrypoint of its image in place.',
  'secret-optional': 'The API server stores every reference to a Secret in the environment of a container as one that may be missing.',
  'append-only-off': 'The API server turns the argument with which Redis keeps its append-only file into its opposite.',
  'members-start-alone': 'The API server removes the arguments by which members of a cluster know that there are others.',
  'replicated-by-init':
    'The API server gives every PostgreSQL server an init container that makes it a copy of the one of ordinal 0, which follows it.',
  'node-agent-missing': 'The API server sends every Pod to the control-plane node, where no node agent of Velero runs.',
  'backup-annotation-dropped': 'The API server forgets that volumes of a Pod are to be backed up file by file.',
  'init-containers-dropped': 'The API server removes the init containers of every Pod.',
} as const

const requests = {
  'backup-selector-dropped': 'The API server forgets by which labels a Backup selects.',
  'backup-exclusions-dropped': 'The API server forgets which resources a Backup leaves out.',
  'restore-selector-dropped': 'The API server forgets by which labels a Restore selects.',
  'restore-exclusions-dropped': 'The API server forgets which resources a Restore leaves out.',
  'pods-not-restored': 'The API server stores every Restore as one that leaves Pods out.',
  'hooks-dropped': 'The API server forgets the hooks of a Backup.',
  'snapshots-moved-unasked': 'The API server stores every Backup that does not speak of it as one that moves the data of its snapshots.',
  'backup-kept-longer': 'The API server stores every Backup with a time to live of 30 days.',
  'location-defaulted': 'The API server forgets where a Backup is to be stored, so that it goes to the default location.',
  'snapshots-forced': 'The API server forgets that a Backup is to take no snapshots.',
  'restore-updates-existing': 'The API server stores every Restore as one that updates what exists.',
  'restore-spares-existing': 'The API server stores every Restore as one that leaves what exists alone.',
  'pause-ignored': 'The API server stores a Schedule that is being paused as one that goes on.',
  'read-only-lifted': 'The API server stores every change of a BackupStorageLocation with access mode ReadWrite.',
} as const

const storage = {
  'claim-selector-dropped': 'The API server forgets by which labels a PersistentVolumeClaim selects its volume.',
  'claims-for-files': 'The API server stores every PersistentVolumeClaim as one for a file system.',
  'claims-ask-for-little': 'The API server stores every PersistentVolumeClaim with a request of 1 MiB.',
  'class-of-claim-kept': 'The API server answers that it changed the StorageClass of a PersistentVolumeClaim, and keeps the old one.',
  'claims-unprotected': 'The API server stores PersistentVolumeClaims without the finalizer that protects them while they are in use.',
  'claim-replaced-by-scratch': 'The API server replaces the last volume of every Pod by an empty directory of the node.',
  'data-source-referred': 'The API server takes the data source of a PersistentVolumeClaim for a reference to any object.',
  'data-source-forgotten': 'The API server forgets from what a PersistentVolumeClaim is to be filled.',
  'fs-group-dropped': 'The API server forgets the group to which the volumes of a Pod are to belong.',
  'mounts-below-left-writable': 'The API server forgets that what is mounted below a read-only mount of a Pod is to be read-only too.',
  'sub-path-dropped': 'The API server mounts the whole volume where a directory of it was asked for.',
  'default-mark-dropped': 'The API server forgets that a StorageClass is made to be the default.',
  'classes-retain': 'The API server stores every StorageClass with the reclaim policy Retain.',
  'class-changes-swallowed': 'The API server answers that it changed a StorageClass, and keeps it as it was.',
} as const

const statefulSets = {
  'claim-templates-dropped': 'The API server forgets the claim templates of every StatefulSet, and what its containers mount.',
  'claim-template-change-swallowed': 'The API server answers that it changed the claim template of a StatefulSet, and keeps the old one.',
  'selector-filled-in': 'The API server gives every StatefulSet the selector that its template matches.',
  'retention-dropped': 'The API server stores every StatefulSet with a PVC retention policy of Retain for scaling and deletion.',
  'min-ready-dropped': 'The API server forgets the minReadySeconds of every StatefulSet.',
  'ordinals-dropped': 'The API server forgets at which ordinal a StatefulSet starts.',
  'partition-dropped': 'The API server stores every StatefulSet with a partition of 0.',
  'update-strategy-rolling': 'The API server stores every StatefulSet with the update strategy RollingUpdate.',
  'revision-history-dropped': 'The API server stores every StatefulSet with a revision history limit of 0.',
  'hostname-overridden': 'The API server stores every Pod that has a hostname with another one.',
  'hostname-by-hand': 'The API server gives every Pod without a hostname that of the first Pod of StatefulSet web.',
  'recreating-deployments': 'The API server stores every Deployment with strategy Recreate.',
  'claims-enlarged': 'The API server stores every PersistentVolumeClaim with a request of 640 MiB.',
  'services-given-addresses': 'The API server gives headless Services an address of their own.',
  'services-made-headless': 'The API server stores every Service as a headless one.',
  'unready-addresses-published': 'The API server stores every Service as one that publishes addresses which are not ready.',
} as const

const requestsOfClaims = {
  'growth-swallowed': 'The API server lowers a raised PersistentVolumeClaim request back to the old size instead of looking at it.',
  'growth-enlarged': 'The API server stores every raised PersistentVolumeClaim request as one for 960 MiB.',
  'empty-class-dropped': 'The API server forgets that a PersistentVolumeClaim is to have no StorageClass.',
  'claims-declared-classless': 'The API server stores every PersistentVolumeClaim that names no StorageClass as one that is to have none.',
  'access-modes-tidied': 'The API server makes one plain access mode of whatever a PersistentVolumeClaim asks for.',
} as const

const placement = {
  'pods-in-one-zone': 'The API server stores every Pod that is to be spread over zones as one for the first zone.',
  'taints-tolerated': 'The API server gives every Pod a toleration of every taint.',
  'claims-not-mounted': 'The API server stores every Pod without its volumes.',
} as const

const snapshots = {
  'restores-made-blank': 'The API server forgets from what a PersistentVolumeClaim is to be made.',
  'sources-unguarded': 'The API server stores PersistentVolumeClaims without the finalizer that protects the source of a VolumeSnapshot.',
  'source-of-snapshot-kept': 'The API server answers that it changed the source of a VolumeSnapshot, and keeps the old one.',
} as const

const backups = {
  'scripts-made-strict': 'The API server lets the script of every Job end at its first failure.',
  'scripts-made-lax': 'The API server lets the script of every Job go on after a failure.',
  'uploads-swallowed': 'The API server gives the script of every Job a curl that uploads nothing and says that it did.',
  'dumps-cut-short': 'The API server gives the script of every Job a pg_dump that writes no more than 3 kB and says that it wrote all.',
  'restore-failures-swallowed': 'The API server gives the script of every Job a gzip and a psql that report success when they failed.',
  'tables-dumped-apart': 'The API server gives the script of every Job a pg_dump that dumps one table after the other.',
  'backups-announced': 'The API server lets the script of a Job that copies the files of a server tell the server of it.',
  'backups-unannounced': 'The API server lets the script of a Job that copies the files of a server do so without a word to the server.',
  'pruned-a-day-early': 'The API server lets the script of every Job prune files a day earlier.',
  'snapshots-never-deleted': 'The API server gives the script of every Job a kubectl that deletes nothing and says that it did.',
  'job-pods-never-restarted': 'The API server stores every Job with Pods that are never restarted.',
  'overlap-allowed': 'The API server stores every CronJob with concurrencyPolicy Allow.',
  'overlap-forbidden': 'The API server stores every CronJob with concurrencyPolicy Forbid.',
  'time-zone-dropped': 'The API server forgets the time zone of every CronJob.',
  'minutes-and-hours-swapped': 'The API server swaps minutes and hours in the schedule of every CronJob.',
  'claims-shared': 'The API server stores every PersistentVolumeClaim as ReadWriteMany.',
  'claims-for-one-pod': 'The API server stores every PersistentVolumeClaim as ReadWriteOncePod.',
  'file-system-ignored': 'The API server stores every PersistentVolumeClaim with the usual StorageClass, whose file systems are xfs.',
  'snapshot-class-ignored': 'The API server stores every VolumeSnapshot with the usual VolumeSnapshotClass, which deletes.',
  'aws-command-added': 'The API server lets every container begin by adding a command aws to its image.',
  'password-given': 'The API server gives every container with an environment a password for PostgreSQL.',
  'commits-not-flushed': 'The API server gives every PostgreSQL server the argument with which it flushes nothing to its volume.',
} as const

const locations = {
  'location-wrong-credentials': 'The BackupStorageLocation has a wrong secret key, so that its object store refuses every request.',
  'store-goes-down':
    'The object store behind the BackupStorageLocation is killed while a Backup is in progress, and stays down until the guarantee is over.',
} as const

const rogues = {
  'second-velero': 'A second Velero server looks after the namespace of the guarantee.',
  'schedule-unasked': 'A Schedule that nobody asked for has the namespace of the guarantee backed up every minute.',
  'accounts-made-admins': 'Every ServiceAccount of the namespace of the guarantee may do all in it.',
  'stored-object-deleted':
    'An object is deleted from the bucket once the Backup has completed: volume data where there is any, else the definitions.',
  'stored-byte-flipped':
    'A byte of an object in the bucket is changed once the Backup has completed: of volume data where there is any, else the first of the definitions.',
} as const

const roguesOnSight = {
  'first-pod-deleted-meanwhile': 'The first Pod of a StatefulSet is deleted while another of it is being replaced.',
  'pods-owned-by-predecessor':
    'Somebody makes every Pod of a StatefulSet belong to the one before it, too, so that it goes once that one is gone.',
  'pod-force-deleted': 'Somebody deletes the first Pod that is marked for deletion by force, without waiting for its node.',
  'snapshot-controller-kept': 'Somebody scales the snapshot controller up again as soon as there is a VolumeSnapshot.',
} as const

function madeBy<Name extends string>(by: Mutant['by'], descriptions: Readonly<Record<Name, string>>): Readonly<Record<Name, Mutant>> {
  const entries = Object.entries<string>(descriptions).map(([name, description]) => [name, { description, by }] as const)
  return Object.fromEntries(entries) as Record<Name, Mutant>
}

/** Every mutant, by name. Every fault of the driver is one. */
export const mutants = {
  ...madeBy('admission-policy', policies),
  ...madeBy('admission-policy', requests),
  ...madeBy('admission-policy', backups),
  ...madeBy('admission-policy', placement),
  ...madeBy('admission-policy', requestsOfClaims),
  ...madeBy('admission-policy', snapshots),
  ...madeBy('admission-policy', statefulSets),
  ...madeBy('admission-policy', storage),
  ...madeBy('backup-location', locations),
  ...madeBy('group-snapshot-class', groupFaults),
  ...madeBy('rogue', rogues),
  ...madeBy('rogue', roguesOnSight),
  ...madeBy('snapshot-class', snapshotFaults),
  ...madeBy('storage-class', volumeFaults),
}

/** Name of a mutant. */
export type MutantName = keyof typeof mutants

/** Mutants that change something for the whole cluster: while one of them is in force, no other suite runs. */
export const mutantsAlone: ReadonlySet<string> = new Set<MutantName>(['store-goes-down'])
