/** A stage that is done. */
export interface Timed {
  readonly failed: number
  readonly seconds: number
  /** Seconds that it takes on the reference machine; undefined when that says nothing, as of the building of images. */
  readonly referenceSeconds: number | undefined
}

/** Seconds of a stage on the reference machine that count as much as the probe. */
const weightOfProbe = 120

/**
 * How many times as long as the reference machine this one takes: what the probe says at first, and more and more what the stages really
 * took. A stage that failed does not count: it may have ended at once, or waited for what never came.
 */
export function slownessOf(probed: number, done: readonly Timed[]): number {
  let [took, planned] = [probed * weightOfProbe, weightOfProbe]
  for (const { failed, seconds, referenceSeconds } of done) {
    if (failed > 0 || referenceSeconds === undefined) continue
    took += seconds
    planned += referenceSeconds
  }
  return took / planned
}
