import type { HistoryEntry } from '../../../harness/engine/history/history-entry.ts'
import { lineAddress } from '../line-address.ts'
import { type Markup, markup } from '../markup.ts'
import { actFlags, chapterFlags, type Flag, measurementFlags, packRows, shortKind } from './timeline-flags.ts'
import {
  clip,
  diamond,
  fillOf,
  left,
  legendEntries,
  legendSvg,
  right,
  round,
  rowHeight,
  textWidth,
  tones,
  warning,
  width,
} from './timeline-drawing.ts'
import { secondsSince } from '../../model/seconds.ts'
import { gapsOf, type Lane, lanesOf, lengthOf } from './timeline-lanes.ts'

const flagsTop = 38
const laneHeight = 26
const maxLanes = 40
/** The axis goes on a little after the last entry, so that a change at the very end can be seen. */
const endRoom = 1.025

/** Options of a timeline. */
export interface TimelineOptions {
  readonly title?: string
  /** Positions in the history that show a violation. */
  readonly violations?: readonly number[]
  /** Path of the history: what is marked links to its line. Nothing links when left out. */
  readonly historyPath?: string
}

/**
 * Draws a history as a self-contained SVG, 1100 px wide: one lane per object, chapters and acts on top, measurements below, time in
 * seconds.
 */
export function timelineSvg(
  history: readonly HistoryEntry[],
  { title = 'Timeline', violations = [], historyPath }: TimelineOptions = {},
): Markup {
  const length = Math.max(lengthOf(history), 0.1)
  const x = (seconds: number) => round(left + (seconds / (length * endRoom)) * (right - left))
  const all = lanesOf(history)
  const lanes = all.slice(0, maxLanes)
  const chapters = placed(chapterFlags(history), x)
  const acts = placed(actFlags(history), x)
  const measured = placed(measurementFlags(history), x)
  const actsTop = flagsTop + chapters.rows * rowHeight
  const lanesTop = actsTop + acts.rows * rowHeight + 8
  const lanesBottom = lanesTop + lanes.length * laneHeight
  const measuredTop = lanesBottom + (measured.rows > 0 ? 8 : 0)
  const axisTop = measuredTop + measured.rows * rowHeight + 4
  const legendTop = axisTop + 44
  const shown = violations.flatMap((seq) => history.filter((entry) => entry.seq === seq))
  const gaps = gapsOf(history)
  const gapFill = gaps.length === 0 ? undefined : `gap-${title.replaceAll(/[^a-z0-9]+/gi, '-')}`
  const entries = legendEntries({ lanes, gapFill, measured: measured.rows > 0, violated: shown.length > 0 })
  const legend = legendSvg(entries, legendTop)
  const height = legend.bottom + 12
  const more = all.length > maxLanes ? `; ${all.length - maxLanes} more objects are in the history` : ''
  const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', 'DejaVu Sans', Arial, sans-serif"
  const onLanes = { history, lanes, x, top: lanesTop }
  const linked: Linked = (seq, drawn) =>
    historyPath === undefined ? drawn : markup`<a href="${lineAddress(historyPath, seq)}">${drawn}</a>`
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="${historyPath === undefined ? 'img' : 'group'}"
 font-family="${font}" font-size="12" fill="#1c2733">
<title>${title}</title>
${gapFill === undefined ? '' : gapPattern(gapFill)}<rect width="${width}" height="${height}" rx="6" fill="#fff"/>
<text x="16" y="24" font-size="14" font-weight="600">${clip(title, 150)}</text>
<text x="${right}" y="24" text-anchor="end" fill="#5b6672">${length.toFixed(1)} s${more}</text>
${lanes.map((lane, index) => laneSvg(lane, lanesTop + index * laneHeight, { x, striped: index % 2 === 0, length }))}
${axisSvg({ length, x, top: lanesTop, bottom: axisTop })}
${gapFill === undefined ? '' : gapsSvg({ ...onLanes, gapFill })}
${flagsSvg(chapters, { top: flagsTop, bottom: lanesBottom, linked })}
${flagsSvg(acts, { top: actsTop, bottom: lanesBottom, linked })}
${measured.flags.map((flag) => linked(flag.seq, diamondSvg(flag, measuredTop + flag.row * rowHeight + 12)))}
${measured.rows === 0 ? '' : markup`<text x="${left - 10}" y="${measuredTop + 16}" text-anchor="end" fill="#5b6672">measured</text>`}
${shown.map((entry) => linked(entry.seq, violationSvg({ ...onLanes, entry, bottom: lanesBottom })))}
${legend.svg}
</svg>`
}

function gapPattern(id: string): Markup {
  return markup`<defs><pattern id="${id}" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="8" height="8" fill="#fff" fill-opacity="0.45"/><rect width="3" height="8" fill="#d08a00" fill-opacity="0.45"/></pattern></defs>
`
}

type Scale = (seconds: number) => number

type Linked = (seq: number, drawn: Markup) => Markup

interface PlacedFlag extends Flag {
  readonly x: number
  readonly row: number
  readonly onLeft: boolean
  readonly text: string
}

function placed(flags: readonly Flag[], x: Scale): { readonly flags: readonly PlacedFlag[]; readonly rows: number } {
  const spans = flags.map((flag) => {
    const text = clip(flag.label, 60)
    const long = textWidth(text) + 14
    const onLeft = x(flag.at) + long > width - 8
    return { flag, text, onLeft, from: onLeft ? x(flag.at) - long : x(flag.at) - 2, to: onLeft ? x(flag.at) + 2 : x(flag.at) + long }
  })
  const rows = packRows(spans, 6)
  const result = spans.map(({ flag, text, onLeft }, index) => ({ ...flag, text, onLeft, x: x(flag.at), row: rows[index] ?? 0 }))
  return { flags: result, rows: result.length === 0 ? 0 : Math.max(...rows) + 1 }
}

interface LaneOptions {
  readonly x: Scale
  readonly striped: boolean
  readonly length: number
}

function laneSvg(lane: Lane, top: number, { x, striped, length }: LaneOptions): Markup {
  const name = clip(lane.alias ?? `${shortKind(lane.kind)} ${lane.name}`, 31)
  const bars = lane.segments.map(({ from, to, state, text }) => {
    // What lasted until the end goes on to the end of the axis: a state that began with the last entry is seen.
    const wide = Math.max(2, round(x(to < length ? to : length * endRoom) - x(from)))
    const label = [text, state].find((candidate) => textWidth(candidate) + 10 <= wide)
    const tip = `${lane.kind} ${lane.name}: ${text}, +${from.toFixed(2)} s to +${to.toFixed(2)} s`
    const bar = markup`<rect x="${x(from)}" y="${top + 4}" width="${wide}" height="${laneHeight - 8}" rx="2" fill="${fillOf(state)}" stroke="#fff" stroke-width="0.8"/>`
    const words = label === undefined ? '' : markup`<text x="${x(from) + 5}" y="${top + 17}" font-size="11">${label}</text>`
    return markup`<g><title>${tip}</title>${bar}${words}</g>`
  })
  const stripe = striped ? markup`<rect x="0" y="${top}" width="${width}" height="${laneHeight}" fill="#f5f7fa"/>` : ''
  return markup`${stripe}<text x="${left - 10}" y="${top + 17}" text-anchor="end"><title>${lane.kind} ${lane.name}</title>${name}</text>${bars}`
}

function axisSvg({
  length,
  x,
  top,
  bottom,
}: {
  readonly length: number
  readonly x: Scale
  readonly top: number
  readonly bottom: number
}): Markup[] {
  const steps = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600]
  const step = steps.find((candidate) => length / candidate <= 12) ?? 7200
  const ticks = Array.from({ length: Math.floor(length / step + 1e-6) + 1 }, (_, index) => Number((index * step).toFixed(2)))
  return ticks.map(
    (seconds) =>
      markup`<line x1="${x(seconds)}" x2="${x(seconds)}" y1="${top}" y2="${bottom + 5}" stroke="#1c2733" stroke-opacity="0.1"/><text x="${x(seconds)}" y="${bottom + 19}" text-anchor="middle" font-size="11" fill="#5b6672">${seconds} s</text>`,
  )
}

function flagsSvg(
  { flags }: { readonly flags: readonly PlacedFlag[] },
  { top, bottom, linked }: { readonly top: number; readonly bottom: number; readonly linked: Linked },
): Markup[] {
  const topOf = ({ row }: PlacedFlag) => top + row * rowHeight
  // First all lines, then the labels, each on a ground of its own: the line of a flag goes through the rows below it.
  const lines = flags.map((flag) => {
    const { x, tone } = flag
    return markup`<line x1="${x}" x2="${x}" y1="${topOf(flag)}" y2="${bottom}" stroke="${tones[tone]}" stroke-width="1.2" stroke-dasharray="3 3" stroke-opacity="0.75"/>`
  })
  const labels = flags.map((flag) => {
    const { x, onLeft, text, label, tone, at, seq } = flag
    const y = topOf(flag)
    // A label is text beside its mark, no bar: it has a moment and no duration.
    return linked(
      seq,
      markup`<g><title>${label}, +${at.toFixed(2)} s</title>
<circle cx="${x}" cy="${y + 8}" r="4" fill="${tones[tone]}"/>
<text x="${onLeft ? x - 7 : x + 7}" y="${y + 12}" font-size="11" text-anchor="${onLeft ? 'end' : 'start'}" fill="${tones[tone]}" stroke="#fff" stroke-width="4" paint-order="stroke">${text}</text></g>`,
    )
  })
  return [...lines, ...labels]
}

function diamondSvg({ x, onLeft, text, label, at }: PlacedFlag, y: number): Markup {
  const words = markup`<text x="${onLeft ? x - 9 : x + 9}" y="${y + 4}" font-size="11" text-anchor="${onLeft ? 'end' : 'start'}">${text}</text>`
  return markup`<g><title>${label}, +${at.toFixed(2)} s</title>${diamond(x, y)}${words}</g>`
}

interface OnLanes {
  readonly history: readonly HistoryEntry[]
  readonly lanes: readonly Lane[]
  readonly x: Scale
  readonly top: number
}

function gapsSvg({ history, lanes, x, top, gapFill }: OnLanes & { readonly gapFill: string }): Markup[] {
  return gapsOf(history).flatMap(({ kind, from, to, reason }) =>
    lanes.flatMap((lane, index) => {
      if (lane.kind !== kind) return []
      const wide = Math.max(4, round(x(to) - x(from)))
      const tip = `The watch of ${kind} may have missed events here: ${reason}`
      const y = top + index * laneHeight + 2
      return [
        markup`<g><title>${tip}</title><rect x="${x(from)}" y="${y}" width="${wide}" height="${laneHeight - 4}" fill="url(#${gapFill})" stroke="#d08a00"/></g>`,
      ]
    }),
  )
}

function violationSvg({
  entry,
  history,
  lanes,
  x,
  top,
  bottom,
}: OnLanes & { readonly entry: HistoryEntry; readonly bottom: number }): Markup {
  const at = secondsSince(history, entry.at)
  const index = lanes.findIndex(
    ({ kind, name }) => entry.type === 'observation' && entry.kind === kind && entry.object.metadata.name === name,
  )
  const y = index === -1 ? bottom - laneHeight / 2 : top + index * laneHeight + laneHeight / 2
  const line = markup`<line x1="${x(at)}" x2="${x(at)}" y1="${top}" y2="${bottom}" stroke="#d3302f" stroke-width="1.5"/>`
  return markup`<g><title>Entry ${entry.seq}, +${at.toFixed(2)} s: shows the violation</title>${line}${warning(x(at), y)}</g>`
}
