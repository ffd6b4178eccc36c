import { styleText } from 'node:util'
import type { VerdictName } from '../../../harness/engine/judge/verdict-record.ts'

/** A verdict as it is printed while suites run. */
export type VerdictWord = VerdictName

/** One guarantee that is not finished yet. */
export interface LiveRow {
  readonly id: string
  readonly state: 'waiting' | 'running'
  readonly seconds: number
  /** What its suite did or saw last. */
  readonly step: string
}

/** Size of the terminal, and the clock in milliseconds, which turns the spinner. */
export interface Screen {
  readonly columns: number
  readonly rows: number
  readonly now: number
}

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const colours = { Passed: 'green', Failed: 'red', Inconclusive: 'yellow', NotSupported: 'gray' } as const

/** Unfinished guarantees, running ones first, cut to one screen. */
export function liveLines(live: readonly LiveRow[], { columns, rows, now }: Screen): string[] {
  const width = Math.max(0, ...live.map(({ id }) => id.length))
  const running = live.filter(({ state }) => state === 'running')
  const waiting = live.length - running.length
  const turn = spinner[Math.floor(now / 500) % spinner.length] ?? ''
  const room = Math.max(1, rows - 3)
  const shown = running
    .slice(0, room)
    .map(({ id, seconds, step }) => cut(`${turn} ${id.padEnd(width)}  ${`${seconds.toFixed(0)} s`.padStart(6)}  ${step}`, columns))
  const rest = [...(running.length > room ? [`${running.length - room} more running`] : []), ...(waiting > 0 ? [`${waiting} waiting`] : [])]
  return rest.length === 0 ? shown : [...shown, cut(`  ${rest.join(', ')}`, columns)]
}

/** A finished guarantee, as it is printed. */
export interface Finished {
  readonly id: string
  readonly verdict: VerdictWord
  readonly seconds: number
  readonly reason: string | undefined
  /** Until when the failure is known, by whom and why; absent where it is not. */
  readonly known?: string | undefined
  readonly colour: boolean
}

/** One line for a finished guarantee. When it did not pass, the first line of the reason follows, and that the failure is known. */
export function finishedLine({ id, verdict, seconds, reason, known, colour }: Finished): string {
  const word = colour ? styleText(colours[verdict], verdict, { validateStream: false }) : verdict
  const line = `${word}${' '.repeat(12 - verdict.length)}  ${id}  ${seconds.toFixed(1)} s`
  const below = verdict === 'Passed' ? [] : [reason?.split('\n')[0], known].filter((text) => text !== undefined)
  return [line, ...below.map((text) => `              ${text}`)].join('\n')
}

function cut(text: string, columns: number): string {
  return text.length > columns - 1 ? `${text.slice(0, Math.max(1, columns - 2))}…` : text
}
