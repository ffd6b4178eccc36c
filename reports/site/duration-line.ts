import { type Markup, markup } from '../render/markup.ts'
import { durationText } from './run-words.ts'

/** How durations are drawn. */
export const durationStyle = markup`
.durations{display:block;width:100%;max-width:620px;height:auto;margin:8px 0;border-bottom:1px solid var(--line)}
.durations path{fill:none;stroke:var(--none);stroke-width:1.5}.durations circle{fill:var(--none)}
.durations .Passed{fill:var(--good)}.durations .Failed{fill:var(--bad)}.durations .Inconclusive{fill:var(--unsure)}`

/** How long a guarantee took in one run. */
export interface Duration {
  readonly seconds: number | undefined
  readonly verdict: string
  /** What is told of the run where the pointer is; nothing when absent. */
  readonly title?: string
}

const [width, height, margin] = [600, 60, 6]

/** Draws durations, and says what of them. Nothing for fewer than two. */
export function durationLine(durations: readonly Duration[]): Markup {
  const drawing = durationDrawing(durations)
  return drawing === undefined
    ? markup``
    : markup`${drawing.svg}
<p class="quiet">${drawing.range}. The line begins at 0 s.</p>`
}

/**
 * Draws durations as a line from the oldest to the newest, with a dot in the colour of each verdict; `range` says what is drawn. Undefined
 * for fewer than two.
 */
export function durationDrawing(durations: readonly Duration[]): { readonly svg: Markup; readonly range: string } | undefined {
  const known = durations.flatMap(({ seconds, ...rest }, at) => (seconds === undefined ? [] : [{ ...rest, seconds, at }]))
  if (known.length < 2) return undefined
  const most = Math.max(...known.map(({ seconds }) => seconds), 0.1)
  const least = Math.min(...known.map(({ seconds }) => seconds))
  const x = (at: number) => round(margin + (at * (width - 2 * margin)) / Math.max(1, durations.length - 1))
  const y = (seconds: number) => round(height - margin - (seconds * (height - 2 * margin)) / most)
  const range = `Durations from the oldest run to the newest: ${durationText(least)} to ${durationText(most)}`
  const dot = ({ seconds, verdict, title, at }: (typeof known)[number]) =>
    markup`<circle class="${verdict}" cx="${x(at)}" cy="${y(seconds)}" r="4">${title === undefined ? '' : markup`<title>${title}</title>`}</circle>`
  const svg = markup`<svg class="durations" viewBox="0 0 ${width} ${height}" role="img" aria-label="${range}"><title>${range}</title>
<path d="M${known.map(({ at, seconds }) => `${x(at)} ${y(seconds)}`).join('L')}"/>
${known.map(dot)}</svg>`
  return { svg, range }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
