/** How many letters have to be replaced, added or left out to make one text of another. */
export function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [row, letter] of Array.from(a).entries()) {
    const current = [row + 1]
    for (const [column, other] of Array.from(b).entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1)
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    previous = current
  }
  return previous.at(-1) ?? 0
}

/** The candidate that `name` was most likely meant to be, or undefined when none is near. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase()
  const ranked = candidates
    .map((candidate) => {
      const whole = candidate.toLowerCase()
      const part = whole.split('/').at(-1) ?? whole
      const contained = wanted.length > 2 && whole.includes(wanted) ? 1 : Infinity
      return { candidate, score: Math.min(distance(wanted, whole), distance(wanted, part), contained) }
    })
    .toSorted((a, b) => a.score - b.score)
  const best = ranked[0]
  return best !== undefined && best.score <= Math.max(2, Math.floor(wanted.length / 2)) ? best.candidate : undefined
}

/** ` Did you mean x?`, or nothing when no candidate is near. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates)
  return nearest === undefined ? '' : ` Did you mean ${nearest}?`
}
