import type { MeasurementName } from '../../engine/measurement.ts'
import type { Answered } from '../service/answer.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** The Redis server in a Pod, asked from inside the Pod. What it answered is kept in the history. */
export interface Redis {
  /** Adds one to a number, again and again, and keeps the last answer. */
  count(label: string, counter: { readonly key: string; readonly times: number }): Promise<MeasurementName>
  /** Keeps the value of a key. */
  get(label: string, key: string): Promise<MeasurementName>
}

/** The Redis server that runs in a Pod. */
export function redisIn(pod: string, fixtures: DataFixtures): Redis {
  const asked = async (label: string, command: readonly string[]) => {
    const { exitCode, stdout, stderr } = await fixtures.namespace.exec(pod, ['redis-cli', '-e', ...command])
    const value = stdout.trim().split('\n').at(-1) ?? ''
    const answer: Answered =
      exitCode === 0
        ? { outcome: 'done', value: value === '' ? null : value, said: 'done' }
        : { outcome: 'silent', value: null, said: stderr.trim() }
    return workloadIn(pod, fixtures).keep('answer', label, answer)
  }
  return {
    count: async (label, { key, times }) => asked(label, ['-r', String(times), 'incr', key]),
    get: async (label, key) => asked(label, ['get', key]),
  }
}
