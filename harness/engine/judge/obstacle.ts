import type { HistoryEntry } from '../history/history-entry.ts'

/**
 * Something that keeps every wait for objects of a kind from its end and is no fault of what is judged, such as an image that cannot be
 * pulled. A wait that meets one ends at once and is Inconclusive.
 */
export interface Obstacle {
  readonly kind: string
  /** What is in the way and how to remove it, in sentences; undefined when nothing is. */
  find(history: readonly HistoryEntry[]): string | undefined
}

const obstacles: Obstacle[] = []

/** Makes an obstacle known to all waits for its kind. */
export function defineObstacle(obstacle: Obstacle): void {
  obstacles.push(obstacle)
}

/** What is in the way of a wait that reads these kinds, or undefined. */
export function obstacleTo(kinds: readonly string[], history: readonly HistoryEntry[]): string | undefined {
  for (const { kind, find } of obstacles) {
    const found = kinds.includes(kind) ? find(history) : undefined
    if (found !== undefined) return found
  }
  return undefined
}
