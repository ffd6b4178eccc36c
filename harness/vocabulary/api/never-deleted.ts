import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { observationsOf } from '../../engine/object.ts'

/** An object that is to stay. */
export interface KeptObject {
  readonly kind: string
  readonly name: string
}

/** An object that was seen is the same one for as long as it is watched, and nobody marks it for deletion. */
export const neverDeleted = defineCheck<KeptObject>({
  name: 'never-deleted',
  reads: ({ kind }) => [kind],
  describe: ({ kind, name }) => `${kind} ${name} is never deleted`,
  judge,
})

function judge({ kind, name }: KeptObject, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, kind, name)
  const [first] = seen
  if (first === undefined) return inconclusive(`${kind} ${name} was never seen.`)
  const isKept = ({ uid, deletionTimestamp }: typeof first.object.metadata) =>
    uid === first.object.metadata.uid && deletionTimestamp === undefined
  const gone = seen.find(({ event, object }) => event === 'DELETED' || !isKept(object.metadata))
  if (gone === undefined) return { outcome: 'upheld', evaluated: seen.length }
  return violated(`${kind} ${name} was deleted.`, { expected: 'never deleted', actual: gone.event, entries: [first, gone] })
}
