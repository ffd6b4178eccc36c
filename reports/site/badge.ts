import { type Markup, markup, markupText } from '../render/markup.ts'
import { verdictCounts } from './run-words.ts'
import type { SiteRun } from './site-run.ts'

/** What a badge says. */
export interface Badge {
  readonly label: string
  readonly message: string
  /** Six hexadecimal digits; white text on it can be read. */
  readonly color: string
}

const colours = { success: '17693a', partial: '855600', failure: 'b3261e' } as const satisfies Record<SiteRun['result'], string>

/** The badge of a run: what was run on which Kubernetes, and what it showed. */
export function badgeOf(run: SiteRun): Badge {
  const what = run.profile === undefined ? '' : `${run.profile}: `
  return { label: `holdfast, Kubernetes ${run.platform.minor}`, message: `${what}${verdictCounts(run)}`, color: colours[run.result] }
}

/** The JSON that an endpoint badge of shields.io reads: https://shields.io/badges/endpoint-badge. */
export function shieldsText({ label, message, color }: Badge): string {
  return `${JSON.stringify({ schemaVersion: 1, label, message, color })}\n`
}

/** A badge as a file of its own. */
export function badgeText(badge: Badge): string {
  return `${markupText(badgeSvg(badge))}\n`
}

const padding = 7

/** Draws a badge, 20 px high. Texts are set to the width that is kept for them, whatever font there is. */
export function badgeSvg({ label, message, color }: Badge): Markup {
  const [left, right] = [widthOf(label), widthOf(message)]
  const split = left + 2 * padding
  const width = split + right + 2 * padding
  const text = (words: string, x: number, length: number) =>
    markup`<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${words}</text>`
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20" role="img" aria-label="${label}: ${message}">
<title>${label}: ${message}</title>
<path d="M3 0h${split - 3}v20h-${split - 3}a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#3c4854"/>
<path d="M${split} 0h${width - split - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${split}z" fill="#${color}"/>
<g fill="#fff" font-family="Verdana,Geneva,'DejaVu Sans',sans-serif" font-size="11">${text(label, padding, left)}${text(message, split + padding, right)}</g>
</svg>`
}

/** Width of a text of 11 px in Verdana, in whole pixels, near enough for a text to look as it is meant to. */
function widthOf(text: string): number {
  const widths = Array.from(text, (character) => (/[ijlI.,:'|]/.test(character) ? 3.8 : /[mwMW%]/.test(character) ? 9.8 : 6.4))
  return Math.ceil(widths.reduce((sum, width) => sum + width, 0))
}
