import type { Judgement } from '../../engine/judge/check.ts'
import type { Answered } from './answer.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** A request to an application, and what is to be read by it; null where nothing is to be there. */
export interface ExpectedValue {
  readonly found: MeasurementName
  readonly value: string | null
}

/** A request to an application. */
export interface Asked {
  readonly attempt: MeasurementName
}

/** Two requests to an application, the second later than the first. */
export interface AnsweredTwice {
  readonly first: MeasurementName
  readonly second: MeasurementName
}

/** An application answers a request with one value. */
export const answersValue = defineCheck<ExpectedValue>({
  name: 'answers-value',
  reads: [],
  describe: ({ found, value }) => `the ${describeMeasurement(found)} is answered with ${worded(value)}`,
  judge: ({ found, value }, history) =>
    judged(found, history, ({ entry, answer }) => {
      if (answer.outcome === 'refused') return refusal(found, { entry, answer, expected: worded(value) })
      if (answer.value === value) return { outcome: 'upheld', evaluated: 1 }
      return violated(`The ${describeMeasurement(found)} was answered with ${worded(answer.value)} instead of ${worded(value)}.`, {
        expected: worded(value),
        actual: `${worded(answer.value)} (${answer.said})`,
        entries: [entry],
      })
    }),
})

/** An application does not answer a request with one value: it answers with another, or refuses. */
export const answersOther = defineCheck<ExpectedValue>({
  name: 'answers-other',
  reads: [],
  describe: ({ found, value }) => `the ${describeMeasurement(found)} is not answered with ${worded(value)}`,
  judge: ({ found, value }, history) =>
    judged(found, history, ({ entry, answer }) => {
      if (answer.outcome === 'refused' || answer.value !== value) return { outcome: 'upheld', evaluated: 1 }
      return violated(`The ${describeMeasurement(found)} was answered with ${worded(value)}.`, {
        expected: `anything but ${worded(value)}`,
        actual: `${worded(answer.value)} (${answer.said})`,
        entries: [entry],
      })
    }),
})

/** Two requests to an application are answered with one and the same value. */
export const answersAlike = defineCheck<AnsweredTwice>({
  name: 'answers-alike',
  reads: [],
  describe: ({ first, second }) =>
    `the ${describeMeasurement(first)} and the ${describeMeasurement(second)} are answered with the same value`,
  judge({ first, second }, history) {
    return judged(first, history, (before) =>
      judged(second, history, (after) => {
        if (before.answer.value === null) return inconclusive(`The ${describeMeasurement(first)} gave no value.`, [before.entry.seq])
        if (after.answer.outcome === 'refused') return refusal(second, { ...after, expected: worded(before.answer.value) })
        if (after.answer.value === before.answer.value) return { outcome: 'upheld', evaluated: 2 }
        return violated(`The ${describeMeasurement(second)} was not answered as before.`, {
          expected: worded(before.answer.value),
          actual: worded(after.answer.value),
          entries: [before.entry, after.entry],
        })
      }),
    )
  },
})

/** An application does what it is asked. */
export const requestDone = defineCheck<Asked>({
  name: 'request-done',
  reads: [],
  describe: ({ attempt }) => `the ${describeMeasurement(attempt)} is done`,
  judge: ({ attempt }, history) =>
    judged(attempt, history, ({ entry, answer }) =>
      answer.outcome === 'refused' ? refusal(attempt, { entry, answer, expected: 'done' }) : { outcome: 'upheld', evaluated: 1 },
    ),
})

/** An application refuses what it is asked. */
export const requestDenied = defineCheck<Asked>({
  name: 'request-denied',
  reads: [],
  describe: ({ attempt }) => `the ${describeMeasurement(attempt)} is refused`,
  judge: ({ attempt }, history) =>
    judged(attempt, history, ({ entry, answer }) => {
      if (answer.outcome === 'refused') return { outcome: 'upheld', evaluated: 1 }
      return violated(`The ${describeMeasurement(attempt)} was done though it was to be refused.`, {
        expected: 'refused',
        actual: `done (${answer.said})`,
        entries: [entry],
      })
    }),
})

function judged(
  { pod, label }: MeasurementName,
  history: readonly HistoryEntry[],
  judge: (of: { readonly entry: Measurement; readonly answer: Answered }) => Judgement,
): Judgement {
  const entry = measurementOf(history, { what: 'answer', label, subject: pod })
  if (entry === undefined) return inconclusive(`Pod ${pod} was never asked: ${label}.`)
  const answer = entry.value as Answered
  if (answer.outcome === 'silent') return inconclusive(`Pod ${pod} gave no answer to: ${label}. ${answer.said}`, [entry.seq])
  return judge({ entry, answer })
}

function refusal(
  name: MeasurementName,
  { entry, answer, expected }: { readonly entry: Measurement; readonly answer: Answered; readonly expected: string },
): Judgement {
  return violated(`The ${describeMeasurement(name)} was refused: ${answer.said.replace(/\.$/u, '')}.`, {
    expected,
    actual: 'refused',
    entries: [entry],
  })
}

function describeMeasurement({ pod, label }: MeasurementName): string {
  return `request to Pod ${pod} (${label})`
}

function worded(value: string | null): string {
  return value === null ? 'nothing' : JSON.stringify(value)
}
