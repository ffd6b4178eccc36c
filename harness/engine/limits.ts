/** Every limit of the suites, in seconds. A promise not kept within its limit counts as broken. */
export const limits = {
  /** A Pod with one small container and one PersistentVolumeClaim is Running and Ready. */
  podReady: 90,
  /** Pods with several volumes each, all made from snapshots, are Running and Ready. */
  restoresReady: 120,
  /** All replicas of a small StatefulSet are Ready, started one after the other. */
  statefulSetReady: 180,
  /** Members that start at the same time have found each other, their volumes made on demand. */
  quorumFormed: 90,
  /** A StatefulSet has as many replicas as it was scaled to. */
  statefulSetScaled: 120,
  /** A Pod that was deleted is gone, its grace period included. */
  podDeleted: 60,
  /** A Pod that stores more than it may is evicted: its node looks at the size of volumes once a minute. */
  podEvicted: 180,
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
  /** A kubelet has looked at its volumes anew: it does once a minute, and at those that are new to it with the others. */
  volumeFigures: 150,
  /** A VolumeSnapshot is ready to use. */
  volumeSnapshotReady: 60,
  /** A container that was killed runs again, the kubelet's first back-off included. */
  containerRestarted: 60,
  /** A command in a container has ended. */
  execEnded: 60,
  /** A command of kubectl has ended. */
  kubectlEnded: 60,
  /** Velero has found the Backups in a BackupStorageLocation that is new to it. */
  backupsSynced: 120,
  /** A second cluster is there, with its Velero. */
  clusterMade: 240,
  /** A cluster of one node was stopped and started, and its API server answers. */
  clusterRestarted: 180,
  /** The controllers of a cluster that was started again do their work: each has to become the leader first. */
  controllersBack: 120,
  /** A cluster is gone whole: a command line of its own removes it, and takes its time to start where all cores are busy. */
  clusterLost: 180,
  /** A Job with a small script has ended, its Pod started and its volume mounted. */
  jobEnded: 90,
  /** A Job has ended whose container or Pod failed twice before, with the back-off of the kubelet or the controller after each. */
  jobRetried: 180,
  /** The controller of a CronJob with a schedule of every minute has made two Jobs. */
  cronJobTwice: 150,
  /** The controller of a CronJob with a schedule of every minute has made three Jobs, and these have ended. */
  cronJobThrice: 240,
  /**
   * Nothing happens for at least this long after its cause, where nothing may happen: three times what a Pod takes that has nothing in its
   * way.
   */
  staysUnchanged: 15,
  /** The API server knows, from its own watches, a limit of a namespace or a right of an account that was just created. */
  newLimitsKnown: 10,
  /** A Backup of a small namespace has ended, its data in the object store where it is moved there. */
  backupEnded: 240,
  /**
   * A Restore of a small namespace has ended, the data of its volumes included. Velero finalizes one Restore at a time, and one whose data
   * did not come keeps the others waiting for a minute.
   */
  restoreEnded: 240,
  /** A Schedule of every minute has made two Backups: Velero looks at its Schedules once a minute. */
  scheduleRanTwice: 240,
  /** A paused Schedule of every minute would have made another Backup. */
  scheduleWouldRun: 70,
  /** A Backup is gone with all that it kept once its time to live of a minute is over, looked for every ten seconds. */
  backupExpired: 180,
  /** Velero has looked at a BackupStorageLocation again, which it does every twenty seconds. */
  locationValidated: 60,
  /** Velero has answered a request to delete a Backup. */
  deletionAnswered: 60,
  /** A whole namespace is gone: its workload, its volumes and what the CSI driver kept of them. */
  namespaceDestroyed: 90,
  /** A node is NotReady to others after it stopped answering, and its Pods that tolerate that for 5 s are marked for deletion. */
  nodeLost: 120,
  /** A node that answers again is Ready, and its Pods that were marked for deletion meanwhile are gone and replaced. */
  nodeBack: 120,
  /** A volume stays attached to a lost node after its Pod was force-deleted: Kubernetes waits 360 s until it detaches it by force. */
  waitsForUnmount: 345,
  /** A volume stays attached to a healthy node for longer than that: nobody detaches it by force there. */
  staysOnHealthyNode: 375,
  /** A volume was detached by force once that wait was over, and the Pod that waited for it is Running and Ready. */
  detachedByForce: 90,
  /** A Pod stays on a lost node as long as it tolerates that by default, which is 300 s. */
  toleratesLoss: 290,
  /** Nothing happens to a Pod on a lost node for this long, as controllers look again and again. */
  staysLost: 30,
  /** A VolumeSnapshot that nobody serves stays as it is for this long, in which a controller would have started and served it. */
  staysUnserved: 20,
  /** All is made as asked for though a component was restarted meanwhile, its lease of 15 s and the kubelet's back-off included. */
  afterCrash: 240,
  /** A node that was paused, stopped or cordoned is Ready again, the Pods of the CSI driver on it too. */
  nodeServes: 120,
  /** A component of the cluster that was killed or scaled is there again. */
  componentBack: 120,
  /** Everything a guarantee put to the test: the test is given up after this, its waits ended. */
  guarantee: 600,
  /** The platform is upgraded below the guarantee, node after node, and every other suite has come as far. */
  platformUpgraded: 1500,
  /** One thing that a guarantee did to a node or a component is reverted. */
  clusterRepaired: 150,
  /** No fault is being injected any more. */
  faultsEnded: 60,
  /** The watches, the history or the connections of one guarantee are closed. */
  handlesClosed: 30,
  /** The evidence of one guarantee is collected. */
  evidenceCollected: 60,
  /** Findings and digests of one guarantee are on disk. */
  digestsWritten: 30,
  /** A request without an answer has had its effect, if it has one. */
  unansweredDone: 5,
  /** The Backups and Restores of a guarantee are gone, with their data. */
  backupsDeleted: 200,
  /** The bucket of a guarantee is gone from the object store. */
  bucketDeleted: 30,
  /** The namespace of a guarantee, its volumes and snapshots are gone. */
  namespaceDeleted: 120,
  /** A step of a tear-down whose time is over has returned what it knows. */
  lateStep: 2,
} as const satisfies Readonly<Record<string, number>>
