import type { WrittenThroughout } from '../vocabulary/data/wrote-on.ts'
import type { DataFixtures } from '../vocabulary/data/workload-in.ts'
import { readWrites, writerIn } from '../vocabulary/data/writer-in.ts'

/** What each of two Pods wrote while the other wrote too, as the other found it. */
export interface WritesAtOnce {
  readonly ofFirst: WrittenThroughout
  readonly ofSecond: WrittenThroughout
}

/**
 * Two Pods that mount the same volume write to it at the same time, each to a directory of its own: the second begins after the first and
 * ends before it. Then each reads what the other wrote.
 */
export async function writeAtOnce(first: string, second: string, fixtures: DataFixtures): Promise<WritesAtOnce> {
  const [byFirst, bySecond] = ['/data/by-first', '/data/by-second'] as const
  const [one, other] = [writerIn(first, fixtures, [byFirst]), writerIn(second, fixtures, [bySecond])]
  await one.start()
  await other.start()
  const firstBefore = await one.position('while both write')
  const secondBefore = await other.position('while both write')
  const secondAfter = await other.stop('in the end')
  const firstAfter = await one.stop('in the end')
  const firstFound = await readWrites(second, fixtures, byFirst)
  const secondFound = await readWrites(first, fixtures, bySecond)
  return {
    ofFirst: { before: firstBefore, after: firstAfter, found: firstFound },
    ofSecond: { before: secondBefore, after: secondAfter, found: secondFound },
  }
}
