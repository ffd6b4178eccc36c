/**
 * When a fault is injected: before the body of a guarantee begins, after an act of it and before its next step, upon what its watches
 * see, or upon the phase of a Backup, into the object store.
 */
export type Trigger = 'setup' | 'on-act' | 'on-event' | 'store'

/** A mutant that somebody else causes: what happens, in one sentence, and when. */
interface Injector {
  readonly description: string
  readonly trigger: Trigger
}

/** Every mutant that is injected by `harness/faults/`, where each has its implementation in the file named after its trigger. */
export const injectors = {
  'second-velero': { trigger: 'setup', description: 'A second Velero server runs in the namespace of the guarantee.' },
  'schedule-unasked': {
    trigger: 'setup',
    description: 'An unexpected Schedule backs up the namespace of the guarantee every minute.',
  },
  'accounts-made-admins': { trigger: 'setup', description: 'Every ServiceAccount in the namespace of the guarantee has all rights there.' },
  'first-pod-deleted-meanwhile': {
    trigger: 'on-event',
    description: 'The first Pod of a StatefulSet is deleted while another of it is being replaced.',
  },
  'pods-owned-by-predecessor': {
    trigger: 'on-event',
    description: 'Somebody makes each Pod of a StatefulSet a dependent of the one before it, so that it is deleted after that one.',
  },
  'pod-force-deleted': {
    trigger: 'on-event',
    description: 'Somebody force-deletes the first Pod that is marked for deletion, without waiting for its node.',
  },
  'node-registered-again': {
    trigger: 'on-event',
    description: 'Somebody makes a Node object again as soon as it was deleted.',
  },
  'pods-crash-with-driver': {
    trigger: 'on-event',
    description:
      'The container of a Pod crashes as soon as the CSI driver of its node is gone, as with a driver that serves mounts itself.',
  },
  'service-unasked': {
    trigger: 'on-event',
    description: 'Somebody makes a headless Service for each StatefulSet as soon as it has a Pod.',
  },
  'settings-owned-by-pod': {
    trigger: 'on-event',
    description: 'Somebody makes ConfigMap settings a dependent of the first Pod that mounts it.',
  },
  'failed-source-guarded': {
    trigger: 'on-event',
    description:
      'Somebody gives the PersistentVolumeClaim of each VolumeSnapshot that failed the finalizer that protects the source of one.',
  },
  'attachment-deleted': {
    trigger: 'on-event',
    description: 'Somebody deletes the first VolumeAttachment of the guarantee once a container was restarted.',
  },
  'volume-made-by-hand': {
    trigger: 'on-event',
    description: 'Somebody makes a PersistentVolume by hand for the first PersistentVolumeClaim that is Pending.',
  },
  'attachment-deleted-with-pod': {
    trigger: 'on-event',
    description: 'Somebody deletes the VolumeAttachment of the first Pod that is gone, although its node has not unmounted the volume.',
  },
  'retain-undone': {
    trigger: 'on-act',
    description: 'Somebody sets the reclaim policy of the first PersistentVolume that was given Retain back to Delete.',
  },
  'released-freed': {
    trigger: 'on-event',
    description: 'Somebody removes the claimRef of the first PersistentVolume that is Released, so that any PVC can have it.',
  },
  'snapshot-controller-kept': {
    trigger: 'on-event',
    description: 'Somebody scales the snapshot controller up again as soon as there is a VolumeSnapshot.',
  },
  'stored-object-deleted': {
    trigger: 'store',
    description:
      'An object is deleted from the bucket once the Backup has completed: volume data where there is any, else the definitions.',
  },
  'stored-byte-flipped': {
    trigger: 'store',
    description:
      'A byte of an object in the bucket is changed once the Backup has completed: of volume data where there is any, else the first of the definitions.',
  },
} as const satisfies Readonly<Record<string, Injector>>
