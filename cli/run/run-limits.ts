/** Limits of what a run does when its work is over, in seconds. Each is enforced: what takes longer is given up, and is a finding. */
export const runLimits = {
  /** Interrupted suites have cleaned up on a cluster that stays: what they made there is gone. */
  suitesCleanedUp: 25,
  /** The logs of the cluster and its nodes are collected. */
  logsCollected: 120,
  /** The same after Ctrl-C. */
  logsCollectedWhenInterrupted: 5,
  /** Storage that the run left was looked for, which may still be going. */
  leaksFound: 60,
  /** The report is built and written, its page included, where all cores are busy. */
  reportWritten: 600,
  /** The containers, devices, mounts and files of a cluster are gone. */
  clusterDeleted: 300,
} as const
