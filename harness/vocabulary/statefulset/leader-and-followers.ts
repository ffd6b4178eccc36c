import { statefulSet, type StatefulSetOptions } from './stateful-set.ts'

/**
 * Builds a StatefulSet whose Pod of ordinal 0 leads and is Ready after a moment. Every other follows it, and does not try twice: it
 * ends with an error when the leader's name in the headless Service of the same name does not resolve at its start.
 */
export function leaderAndFollowers(name: string, options: Pick<StatefulSetOptions, 'cluster' | 'replicas' | 'podManagement'>) {
  const leader = `${name}-0`
  const first = `[ "$HOSTNAME" = ${leader} ] || getent hosts ${leader}.${name} || exit 1`
  return statefulSet(name, { ...options, readiness: 'after-a-moment', first })
}
