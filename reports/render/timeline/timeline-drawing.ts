import { type Markup, markup } from '../markup.ts'
import type { Lane } from './timeline-lanes.ts'

/** Width of a timeline in pixels. */
export const width = 1100
/** Where the time axis begins and ends, in pixels. */
export const left = 214
export const right = 1076
/** Height of a row of labels in pixels. */
export const rowHeight = 20

const fills: Readonly<Record<string, string>> = {
  Pending: '#f6d37a',
  Progressing: '#f6d37a',
  New: '#f6d37a',
  InProgress: '#f6d37a',
  WaitingForPluginOperations: '#f3b56b',
  Finalizing: '#f3b56b',
  Resizing: '#f3b56b',
  Running: '#9cc7f0',
  Available: '#9cc7f0',
  Ready: '#86d2a3',
  Bound: '#86d2a3',
  Attached: '#86d2a3',
  ReadyToUse: '#86d2a3',
  Succeeded: '#bfe3cb',
  Completed: '#bfe3cb',
  Terminating: '#cdb8e6',
  Released: '#cfd6de',
  Failed: '#f09a94',
  PartiallyFailed: '#f09a94',
  FailedValidation: '#f09a94',
  Lost: '#f09a94',
}
/** Colours of flags. */
export const tones = {
  act: '#1f4e8c',
  rejected: '#b3261e',
  unknown: '#9a6700',
  mark: '#5b6672',
  measurement: '#6a3fa0',
  chapter: '#2b3743',
} as const

/** Colour of a bar by the state of its object. */
export function fillOf(state: string): string {
  return fills[state] ?? '#d5dde6'
}

/** A diamond: a measurement. */
export function diamond(x: number, y: number): Markup {
  return markup`<path d="M${x} ${y - 6}l6 6l-6 6l-6 -6z" fill="${tones.measurement}"/>`
}

/** A red circle with an exclamation mark: it shows the violation. */
export function warning(x: number, y: number): Markup {
  const mark = markup`<text x="${x}" y="${y + 4}" text-anchor="middle" font-size="11" font-weight="700" fill="#fff">!</text>`
  return markup`<circle cx="${x}" cy="${y}" r="8" fill="#d3302f" stroke="#fff" stroke-width="1.5"/>${mark}`
}

interface Shown {
  readonly lanes: readonly Lane[]
  /** Id of the pattern that gaps are filled with; undefined where there is none. */
  readonly gapFill: string | undefined
  readonly measured: boolean
  readonly violated: boolean
}

type LegendEntry = readonly [label: string, draw: (x: number, y: number) => Markup]

/** What the legend of a timeline must explain. */
export function legendEntries({ lanes, gapFill, measured, violated }: Shown): LegendEntry[] {
  const states = [...new Set(lanes.flatMap(({ segments }) => segments.map(({ state }) => state)))]
  const swatch = (fill: string) => (x: number, y: number) =>
    markup`<rect x="${x - 7}" y="${y - 6}" width="14" height="12" rx="2" fill="${fill}"/>`
  const byFill = Map.groupBy(states, (state) => fillOf(state))
  return [
    ...[...byFill].map(([fill, names]) => [names.join(', '), swatch(fill)] as const),
    ...(measured ? [['measured', diamond] as const] : []),
    ...(gapFill === undefined ? [] : [['the watch may have missed events', swatch(`url(#${gapFill})`)] as const]),
    ...(violated ? [['shows the violation', warning] as const] : []),
  ]
}

/** Draws the legend, wrapped at the width of the timeline. */
export function legendSvg(entries: readonly LegendEntry[], top: number): { readonly svg: Markup; readonly bottom: number } {
  let x = left
  let y = top
  const parts = entries.map(([label, draw]) => {
    const wide = 14 + 8 + textWidth(label) + 22
    if (x > left && x + wide > width) {
      x = left
      y += rowHeight
    }
    const part = markup`${draw(x + 7, y)}<text x="${x + 22}" y="${y + 4}" font-size="11" fill="#3c4854">${label}</text>`
    x += wide
    return part
  })
  return { svg: markup`${parts}`, bottom: y + 8 }
}

/** Width of a text of 11 px in pixels, on the safe side. */
export function textWidth(text: string): number {
  return text.length * 6.5
}

/** Cuts a text to a number of characters. */
export function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

/** Rounds pixels to a tenth. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}
