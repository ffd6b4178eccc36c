import { counted } from '../../contract/counted.ts'
import { table } from '../shell/table.ts'
import type { Plan } from './plan.ts'

interface PlanMoment {
  readonly plan: Plan & { readonly slowness: number }
  readonly minutes: number
  /** Seconds since the start of the run. */
  readonly elapsed: number
}

/** A plan for the terminal: one line for the run and one for each stage that has parts. */
export function planLines({ plan, minutes, elapsed }: PlanMoment): readonly string[] {
  const end = inMinutes(elapsed + plan.seconds)
  const rows = plan.parts.map(({ stage, noun, chosen, leftOut, referenceSeconds, days }) => [
    `  ${stage}`,
    `${chosen.length} of ${chosen.length + leftOut.length} ${noun}`,
    `${inMinutes(referenceSeconds * plan.slowness)} min`,
    howMuch(chosen.length, days),
  ])
  return [
    `Budget of ${minutes} min: ${inMinutes(elapsed)} min have passed, and the run ends after about ${end} min on a machine that ` +
      `takes ${plan.slowness.toFixed(2)} times as long as the reference machine.`,
    ...table(rows),
  ]
}

function howMuch(chosen: number, days: number): string {
  if (days === 1) return 'all of them'
  if (days === Number.POSITIVE_INFINITY) return 'none: there is no time for their minimum'
  return `${chosen === 0 ? 'none today' : 'a different part each day'}; at this speed each one runs at least every ${days} days`
}

/** What a run says whose budget is smaller than the least that is always done. */
export function tooShortLine(minutes: number, plan: Plan): string {
  return (
    `${minutes} min are too short for the minimum, a part of each stage. ` +
    `The run does this minimum, which takes about ${inMinutes(plan.seconds)} min.`
  )
}

/** What was left out of a stage, by its name. */
export interface LeftOut {
  readonly stage: string
  readonly noun: string
  readonly why: string
  readonly names: readonly string[]
  /** True for what this machine or this Kubernetes lacks something for, so that it does not run on another day either. */
  readonly lacks?: boolean | undefined
}

/** The closing lines of what was left out: how much, why, which, and how to run it all. */
export function leftOutLines(leftOut: readonly LeftOut[]): readonly string[] {
  if (leftOut.length === 0) return []
  const lines = leftOut.map(({ stage, noun, why, names }) => `${stage}: ${counted(names.length, noun)} ${why}: ${names.join(', ')}.`)
  if (leftOut.every(({ lacks }) => lacks)) return lines
  const nothing = leftOut.some(({ lacks }) => lacks) ? 'Nothing else' : 'Nothing'
  return [...lines, `${nothing} is left out for good: each day runs a different part, and "npm test" without --minutes runs everything.`]
}

function inMinutes(seconds: number): string {
  return (seconds / 60).toFixed(1)
}
