import { stripVTControlCharacters } from 'node:util'

const anything = '…'

/**
 * The first line that a page shows and a command did not print there; undefined when all were printed. `…` stands for any text within a
 * line, and on a line of its own for any lines. The others follow each other as they do in the page. Blank lines, colours, and how much
 * space there is within a line do not count.
 */
export function missingLine(shown: string, printed: string): string | undefined {
  const wanted = linesOf(shown)
  const found = linesOf(printed)
  let from = 0
  let isAnywhere = false
  for (let at = 0; at < wanted.length;) {
    if (wanted[at] === anything) {
      isAnywhere = true
      at += 1
      continue
    }
    const next = wanted.indexOf(anything, at)
    const together = wanted.slice(at, next === -1 ? wanted.length : next)
    // What ends the page ends what was printed too.
    const last = found.length - together.length
    const start = next !== -1 || !isAnywhere ? from : Math.max(from, last)
    const place = placeOf(together, found, { from: start, until: isAnywhere ? last : start })
    if (place === undefined) return worst(together, found, { from: start, until: isAnywhere ? found.length : start })
    from = place + together.length
    at += together.length
    isAnywhere = false
  }
  return isAnywhere || from === found.length ? undefined : `(the end; after it came: ${found[from] ?? ''})`
}

interface Range {
  readonly from: number
  readonly until: number
}

function placeOf(together: readonly string[], found: readonly string[], { from, until }: Range): number | undefined {
  for (let place = from; place <= until; place += 1) {
    if (matched(together, found.slice(place)) === together.length) return place
  }
  return undefined
}

/** The line that is missing where most of those before it were there. */
function worst(together: readonly string[], found: readonly string[], { from, until }: Range): string {
  const counts = Array.from({ length: Math.max(1, until - from + 1) }, (_, at) => matched(together, found.slice(from + at)))
  return together[Math.min(Math.max(...counts), together.length - 1)] ?? ''
}

function matched(together: readonly string[], found: readonly string[]): number {
  const first = together.findIndex((line, at) => !isLike(line, found[at]))
  return first === -1 ? together.length : first
}

function isLike(shown: string, printed: string | undefined): boolean {
  const pattern = shown
    .split(anything)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('.*')
  return printed !== undefined && new RegExp(`^${pattern}$`).test(printed)
}

function linesOf(text: string): readonly string[] {
  return stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
}
