import { type Markup, markup } from '../render/markup.ts'
import { durationText } from './run-words.ts'

/** How long a guarantee took in one run. */
export interface Duration {
  readonly seconds: number | undefined
  readonly verdict: string
  readonly title: string
}

const [width, height, margin] = [600, 60, 6]

/** Draws durations as a line from the oldest to the newest, with a dot in the colour of each verdict. Nothing for fewer than two. */
export function durationLine(durations: readonly Duration[]): Markup {
  const known = durations.flatMap(({ seconds, ...rest }, at) => (seconds === undefined ? [] : [{ ...rest, seconds, at }]))
  if (known.length < 2) return markup``
  const most = Math.max(...known.map(({ seconds }) => seconds), 0.1)
  const least = Math.min(...known.map(({ seconds }) => seconds))
  const x = (at: number) => round(margin + (at * (width - 2 * margin)) / Math.max(1, durations.length - 1))
  const y = (seconds: number) => round(height - margin - (seconds * (height - 2 * margin)) / most)
  const range = `Durations from the oldest run to the newest: ${durationText(least)} to ${durationText(most)}`
  return markup`<svg class="durations" viewBox="0 0 ${width} ${height}" role="img" aria-label="${range}"><title>${range}</title>
<path d="M${known.map(({ at, seconds }) => `${x(at)} ${y(seconds)}`).join('L')}"/>
${known.map(({ at, seconds, verdict, title }) => markup`<circle class="${verdict}" cx="${x(at)}" cy="${y(seconds)}" r="4"><title>${title}</title></circle>`)}</svg>
<p class="quiet">${range}. The line begins at 0 s.</p>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
