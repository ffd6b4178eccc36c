/** Every limit of the suites, in seconds. A system that keeps its promise later than this is taken not to keep it. */
export const limits = {
  /** A Pod with one small container and one PersistentVolumeClaim is Running and Ready. */
  podReady: 90,
  /** Pods with several volumes each, all made from snapshots, are Running and Ready. */
  restoresReady: 120,
  /** All replicas of a small StatefulSet are Ready, started one after the other. */
  statefulSetReady: 180,
  /** A StatefulSet has as many replicas as it was scaled to. */
  statefulSetScaled: 120,
  /** A Pod that was deleted is gone, its grace period included. */
  podDeleted: 60,
  /** A deleted object without workload of its own is gone. */
  objectDeleted: 60,
  /** A PersistentVolumeClaim is Bound, its volume made on demand. */
  pvcBound: 60,
  /** A volume is larger for its PersistentVolumeClaim and for the Pod that uses it. */
  pvcExpanded: 120,
  /** A volume has the attributes of another VolumeAttributesClass. */
  volumeModified: 60,
  /** An attachment was made, refused or undone. */
  attachmentAnswered: 60,
  /** A VolumeSnapshot is ready to use. */
  volumeSnapshotReady: 60,
  /** A container that was killed runs again, the kubelet's first back-off included. */
  containerRestarted: 60,
  /** A command in a container has ended. */
  execEnded: 60,
  /** Nothing happens for this long after its cause, where nothing may happen. */
  staysUnchanged: 5,
  /** Everything a guarantee put to the test: the test is given up after this, its waits ended. */
  guarantee: 600,
  /** The evidence of one guarantee is collected. */
  evidenceCollected: 60,
  /** The namespace of a guarantee, its volumes and snapshots are gone. */
  namespaceDeleted: 120,
} as const satisfies Readonly<Record<string, number>>
