export { podAbsent, podNotReady, podPresent, podReady, podReplaced, podRestarted, podsReady } from './pods.ts'
export { scaleObserved, statefulSetScaled } from './stateful-sets.ts'
export { pvcExpanded, pvcSized, pvcsBound, volumeSnapshotReady } from './volumes.ts'
