import type { History } from '../../engine/history/history.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { catchUpOn } from '../../engine/judge/catch-up-on.ts'
import { field, latest } from '../../engine/object.ts'

/** Name of the node on which a Pod is. Throws `Inconclusive` when it is on none. */
export async function nodeOfPod(history: History, pod: string): Promise<string> {
  await catchUpOn(history, ['Pod'])
  const name = field(latest(history.entries, 'Pod', pod), 'spec', 'nodeName')
  if (typeof name === 'string') return name
  throw new Inconclusive().withDetails({ reason: { summary: `Pod ${pod} is on no node.` } })
}
