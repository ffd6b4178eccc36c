import { programPath } from '../../../contract/workload.ts'
import type { MeasurementName } from '../../engine/measurement.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import type { ObjectRef } from '../../engine/history/history-entry.ts'

/** What is needed of the fixtures to work on the data of a Pod. */
export interface DataFixtures {
  readonly namespace: {
    exec(pod: string, command: readonly string[]): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>
  }
  measure(what: string, label: string, of: { readonly subject: ObjectRef; readonly value: unknown }): unknown
}

/** The workload in a Pod of ours: its commands, and measurements of what they said. */
export interface Workload {
  /** Runs a command to its end. Throws `Inconclusive` when it fails. */
  run(command: string, ...options: readonly string[]): Promise<string>
  /** Runs any command to its end. Throws `Inconclusive` when it fails: the Pod could not do what it is for. */
  exec(purpose: string, command: readonly string[]): Promise<string>
  /** Keeps a value in the history, outside the volume. */
  keep(what: string, label: string, value: unknown): MeasurementName
}

/** The workload in a Pod of ours. */
export function workloadIn(pod: string, { namespace, measure }: DataFixtures): Workload {
  return {
    async run(command, ...options) {
      const { exitCode, stdout, stderr } = await namespace.exec(pod, ['node', programPath, command, ...options])
      if (exitCode === 0) return stdout
      const actual = stderr.trim().split('\n').at(-1) ?? ''
      throw new Inconclusive().withDetails({
        reason: { summary: `Pod ${pod} could not ${command} its data (exit code ${exitCode}).`, actual },
      })
    },
    async exec(purpose, command) {
      const { exitCode, stdout, stderr } = await namespace.exec(pod, command)
      if (exitCode === 0) return stdout
      throw new Inconclusive().withDetails({ reason: { summary: `Pod ${pod} could not ${purpose}: ${stderr.trim()}.` } })
    },
    keep(what, label, value) {
      measure(what, label, { subject: { kind: 'Pod', name: pod }, value })
      return { pod, label }
    },
  }
}

/** A small number made from a text, so that no two Pods write the same content. */
export function seedOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7)
}
