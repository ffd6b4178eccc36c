import { openGate } from '../../pod/builders/workload-container.ts'
import { statefulSet, type StatefulSetOptions } from './stateful-set.ts'

/** What a leader and its followers are run like. */
export interface LeaderOptions extends Pick<StatefulSetOptions, 'cluster' | 'replicas' | 'podManagement'> {
  /** What a follower does whose leader has no name yet: it ends with exit code 1 unless it is to ask again. */
  readonly withoutLeader?: 'ends' | 'asks-again'
  /** When the leader starts: some seconds after its container does, unless it is to wait until its gate is opened with `openGate`. */
  readonly leader?: 'by-gate'
}

/**
 * Builds a StatefulSet whose Pod of ordinal 0 leads and is Ready after a moment. Every other follows it, and needs the leader's name in
 * the headless Service of the same name at its start.
 */
export function leaderAndFollowers(name: string, { withoutLeader = 'ends', leader, ...options }: LeaderOptions) {
  const first = `${name}-0`
  const ask = `getent hosts ${first}.${name}`
  const follow = withoutLeader === 'ends' ? `${ask} || exit 1` : `until ${ask}; do sleep 0.5; done`
  // Followers that start at the same time are to ask before the leader has its name, also on a busy machine.
  const lead = leader === undefined ? 'sleep 3' : `until [ -e ${openGate[1]} ]; do sleep 0.2; done`
  const script = `if [ "$HOSTNAME" = ${first} ]; then ${lead}; else ${follow}; fi`
  return statefulSet(name, { ...options, readiness: 'after-a-moment', first: script })
}
