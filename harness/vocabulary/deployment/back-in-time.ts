import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { observationsOf } from '../../engine/object.ts'
import { isReadyPod } from '../pod/readings.ts'
import type { Replaced } from './replacement.ts'

/** A Deployment of one Pod, that Pod, and its node, which was lost. */
export interface Recovered extends Replaced {
  readonly node: string
}

/** Minutes from the loss of a node to a Pod of a Deployment that serves again, with the timers as they are by default. */
const minutes = { least: 5, most: 15 } as const

/** Acts that lose a node. */
const losses: readonly string[] = ['stop-node', 'kill-node', 'pause-node', 'disconnect-node']

/** Another Pod of a Deployment is Running and Ready five to fifteen minutes after the node of the first was lost. */
export const backInTime = defineCheck<Recovered>({
  name: 'back-in-time',
  reads: ['Pod'],
  describe: ({ deployment, node }) =>
    `Deployment ${deployment} has a Pod that is Ready ${minutes.least} to ${minutes.most} minutes after node ${node} was lost`,
  judge,
})

function judge({ deployment, than, node }: Recovered, history: readonly HistoryEntry[]): Judgement {
  const lost = history.find(
    (entry) => entry.type === 'act' && entry.subject.kind === 'Node' && entry.subject.name === node && losses.includes(entry.verb),
  )
  if (lost === undefined) return inconclusive(`Node ${node} was never lost.`)
  const back = observationsOf(history, 'Pod').find(
    ({ seq, object }) =>
      seq > lost.seq && object.metadata.name !== than && object.metadata.name.startsWith(`${deployment}-`) && isReadyPod(object),
  )
  const took = secondsBetween(lost, back ?? history.at(-1))
  const expected = `${minutes.least} to ${minutes.most} minutes`
  if (back === undefined && took <= minutes.most * 60)
    return inconclusive(`Node ${node} was lost for ${Math.floor(took)} s only, and Deployment ${deployment} had no other Pod yet.`, [
      lost.seq,
    ])
  if (back === undefined)
    return violated(`Deployment ${deployment} had no other Pod that was Ready ${Math.floor(took)} s after node ${node} was lost.`, {
      ...{ expected, actual: 'none' },
      entries: [lost],
    })
  if (took >= minutes.least * 60 && took <= minutes.most * 60) return { outcome: 'upheld', evaluated: 1 }
  return violated(`Pod ${back.object.metadata.name} was Ready ${Math.floor(took)} s after node ${node} was lost.`, {
    ...{ expected, actual: `${Math.floor(took)} s` },
    entries: [lost, back],
  })
}

function secondsBetween(first: HistoryEntry, last: HistoryEntry | undefined): number {
  return (Date.parse(last?.at ?? first.at) - Date.parse(first.at)) / 1000
}
