import type { Failure } from '../../reports/model/seen-to-fail.ts'
import { type KillRecord, newest } from './kill-record.ts'

/** How each of some guarantees was last seen to fail, by id. One that never was is left out. */
export function seenBefore(
  guarantees: readonly { readonly id: string }[],
  records: readonly KillRecord[],
): Readonly<Record<string, Failure>> {
  const killed = records.filter((one) => one.outcome === 'killed')
  const known = guarantees.flatMap(({ id }) => {
    const last = newest(killed.filter(({ guarantee }) => guarantee === id))
    return last === undefined ? [] : [[id, failureOf(last)] as const]
  })
  return Object.fromEntries(known)
}

function failureOf({ mutant, component, judgement, seconds, day, kubernetes }: KillRecord & { readonly outcome: 'killed' }): Failure {
  return { mutant, ...(component && { component }), judgement, ...(seconds !== undefined && { seconds }), day, kubernetes }
}
