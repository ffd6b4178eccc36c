import { field } from '../object.ts'
import type { HistoryEntry, ObservedObject } from '../history/history-entry.ts'

const longest = 14

/** State of an object in a few words: deletion, phase, true conditions of interest, replicas. */
function state(object: ObservedObject): string {
  const conditions = field(object, 'status', 'conditions')
  const holding = (Array.isArray(conditions) ? conditions : [])
    .filter((condition) => field(condition, 'status') === 'True' && field(condition, 'type') !== 'PodScheduled')
    .map((condition) => String(field(condition, 'type')))
    .filter((type) => !['Initialized', 'ContainersReady', 'PodReadyToStartContainers'].includes(type))
  const phase = field(object, 'status', 'phase')
  const capacity = field(object, 'status', 'capacity', 'storage')
  const replicas = field(object, 'status', 'readyReplicas')
  const readyToUse = field(object, 'status', 'readyToUse')
  const attached = field(object, 'status', 'attached')
  return [
    ...(object.metadata.deletionTimestamp === undefined ? [] : ['terminating']),
    ...(typeof phase === 'string' ? [phase] : []),
    ...(typeof capacity === 'string' ? [capacity] : []),
    ...(typeof replicas === 'number' ? [`${replicas} ready`] : []),
    ...(typeof attached === 'boolean' ? [`attached=${attached} to ${String(field(object, 'spec', 'nodeName'))}`] : []),
    ...(typeof readyToUse === 'boolean' ? [`readyToUse=${readyToUse}`] : []),
    ...holding,
  ].join(' ')
}

/** One entry in a few words. */
export function summarised(entry: HistoryEntry): string {
  switch (entry.type) {
    case 'act':
      return `${entry.verb} ${entry.subject.kind} ${entry.subject.name}${entry.phase === 'requested' ? '' : ` ${entry.phase}`}`
    case 'observation': {
      const { kind, namespaceSuffix, object, event } = entry
      const name = namespaceSuffix === undefined ? object.metadata.name : `${namespaceSuffix}/${object.metadata.name}`
      return `${kind} ${name} ${event === 'MODIFIED' ? '' : `${event} `}${state(object)}`.trim()
    }
    case 'measurement':
      return `${entry.what} ${entry.label} of ${entry.subject.name} measured`
    case 'gap':
      return `GAP ${entry.kind}`
    case 'mark':
      return `mark ${entry.name}`
  }
}

/** Entries as one line, seconds since the first of them; the middle of a long history is left out, its changes without news too. */
export function sequence(entries: readonly HistoryEntry[]): string {
  const [first] = entries
  if (first === undefined) return 'nothing'
  const start = Date.parse(first.at)
  const summaries = entries.map((entry) => ({ at: (Date.parse(entry.at) - start) / 1000, text: summarised(entry) }))
  const news = summaries.filter(
    ({ text }, position) => summaries.findLastIndex((earlier, before) => before < position && earlier.text === text) === -1,
  )
  const shown = news.length <= longest ? news : [...news.slice(0, 3), undefined, ...news.slice(4 - longest)]
  return shown.map((item) => (item === undefined ? '…' : `+${item.at.toFixed(1)} ${item.text}`)).join(' · ')
}
