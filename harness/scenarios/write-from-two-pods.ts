import type { MeasurementName } from '../engine/measurement.ts'
import type { Volume } from '../vocabulary/data/volume-in.ts'

/** Measurements of what two Pods wrote to one volume and what each read. */
export interface TwoPodWrites {
  readonly byFirst: MeasurementName
  readonly bySecond: MeasurementName
  /** Records that the second Pod found once the first had written. */
  readonly foundBySecond: MeasurementName
  /** Records that the first Pod found once the second had written too. */
  readonly foundByFirst: MeasurementName
  readonly seenByFirst: MeasurementName
  readonly seenBySecond: MeasurementName
}

/** Two Pods that mount the same volume write to it in turn, and each reads what the other wrote. */
export async function writeFromTwoPods(first: Volume, second: Volume): Promise<TwoPodWrites> {
  await first.fill()
  const byFirst = await first.appendRecords('by the first')
  const foundBySecond = await second.readRecords('after the first wrote')
  const bySecond = await second.appendRecords('by the second')
  const foundByFirst = await first.readRecords('after the second wrote')
  const seenByFirst = await first.readTree('in the end')
  const seenBySecond = await second.readTree('in the end')
  return { byFirst, bySecond, foundBySecond, foundByFirst, seenByFirst, seenBySecond }
}
