import { gap, historyOf, podAdded, podDeleted } from './literal.ts'

const params = { workload: 'web', replicas: 1 }

const before = historyOf(podAdded('web-0', 'a'), podAdded('web-1', 'b'), podDeleted('web-0', 'a'))
const after = historyOf(podAdded('web-0', 'a'), podDeleted('web-0', 'a'), podAdded('web-0', 'b'))

const gaps = [
  { title: 'another may have been there unseen', params, history: historyOf(podAdded('web-0', 'a'), gap('Pod'), podAdded('web-0', 'b')) },
  { title: 'only one Pod', params, history: historyOf(podAdded('web-0', 'a')) },
]

export const surges = {
  upholds: [{ title: 'the new one before the old one was gone', params, history: before }],
  rejects: [{ title: 'the new one after the old one was gone', params, history: after }],
  gaps,
}

export const neverSurges = {
  upholds: [{ title: 'the new one after the old one was gone', params, history: after }],
  rejects: [{ title: 'the new one before the old one was gone', params, history: before }],
  gaps,
}
