import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { violated } from '../../engine/judge/judgement.ts'
import { observationsOf } from '../../engine/object.ts'

/** An object that is never to be. */
export interface NeverCreated {
  readonly kind: string
  readonly name: string
}

/** No object of that name is ever seen, where others of its kind are: that these are seen shows that the watch asks for the right ones. */
export const neverCreated = defineCheck<NeverCreated>({
  name: 'never-created',
  reads: ({ kind }) => [kind],
  describe: ({ kind, name }) => `no ${kind} ${name} is ever created`,
  judge,
})

function judge({ kind, name }: NeverCreated, history: readonly HistoryEntry[]): Judgement {
  const [made] = observationsOf(history, kind, name)
  if (made === undefined) return { outcome: 'upheld', evaluated: observationsOf(history, kind).length }
  return violated(`${kind} ${name} was created, though nobody may create it.`, { entries: [made] })
}
