import { randomUUID } from 'node:crypto'
import { basename, dirname } from 'node:path'
import { type Label, LabelName, Status, type StatusDetails, type TestResult } from 'allure-js-commons'
import { getMessageAndTraceFromError, getStatusFromError } from 'allure-js-commons/sdk'
import { getFrameworkLabel, getHostLabel, getSuiteLabels, getThreadLabel } from 'allure-js-commons/sdk/reporter'
import type { SerializedError } from 'vitest'
import { bareResult } from './allure-result.ts'

/** Errors of the harness that Allure cannot tell: the product is wrong, and no proof either way. */
const statuses: Readonly<Record<string, Status>> = { Violation: Status.FAILED, Inconclusive: Status.BROKEN }

/** A test of a project of Vitest that has ended. */
export interface EndedTest {
  readonly project: string
  /** Path of its file, from the root of the project; none for what belongs to no file. */
  readonly file: string | undefined
  /** Names of the describes around it, from the outermost, and its own. */
  readonly names: readonly string[]
  /** Which of the tests of this name in its file it is, from 1. */
  readonly occurrence: number
  readonly state: 'passed' | 'failed' | 'skipped'
  readonly errors: readonly SerializedError[]
  /** Why it was skipped. */
  readonly why?: string | undefined
  /** In milliseconds since the epoch. */
  readonly start: number
  /** Milliseconds that it took. */
  readonly took: number
  /** Which of the workers of the project ran it. */
  readonly worker: string
}

/** The name of a test, by which every run knows it: its file, its describes and its own. */
export function fullNameOf({ project, file = project, names, occurrence }: EndedTest): string {
  return [file, ...names].join(' > ') + (occurrence === 1 ? '' : ` (${occurrence})`)
}

/**
 * A result for Allure of a test that has ended. It is `failed` where an assertion failed or the harness saw a violation, and `broken` where
 * only something else went wrong, a limit of time for example.
 */
export function allureTestResult(test: EndedTest): TestResult {
  const { project, file, names, state, errors, why, start, took, worker } = test
  const suites = file === undefined ? [project] : [dirname(file), basename(file)]
  const labels: Label[] = [
    ...getSuiteLabels([...suites, ...names.slice(0, -1)]),
    ...[getHostLabel(), getThreadLabel(worker), getFrameworkLabel('vitest'), { name: LabelName.LAYER, value: project }],
  ]
  const titlePath = [...(file?.split('/') ?? [project]), ...names.slice(0, -1)]
  return {
    ...bareResult({ fullName: fullNameOf(test), name: names.at(-1) ?? '', titlePath, labels, uuid: randomUUID() }),
    status: state === 'failed' ? statusOf(errors) : state === 'passed' ? Status.PASSED : Status.SKIPPED,
    statusDetails: state === 'skipped' ? { message: why ?? 'skipped without a reason' } : detailsOf(errors),
    start: Math.round(start),
    stop: Math.round(start + took),
  }
}

function statusOf(errors: readonly SerializedError[]): Status {
  const found = errors.map((error) => statuses[error.name ?? ''] ?? getStatusFromError(error))
  return found.includes(Status.FAILED) ? Status.FAILED : Status.BROKEN
}

/** All that went wrong, such as a test and then its hooks, with the values of the first that compared some. */
function detailsOf(errors: readonly SerializedError[]): StatusDetails {
  const all = errors.map((error) => getMessageAndTraceFromError(error))
  if (all.length === 0) return {}
  const compared = all.find(({ actual, expected }) => actual !== undefined || expected !== undefined)
  return {
    ...compared,
    message: all.map(({ message }) => message).join('\n'),
    trace: all.map(({ message, trace }) => trace ?? message).join('\n\n'),
  }
}
