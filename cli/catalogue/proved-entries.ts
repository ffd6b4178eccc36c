import type { EntryId, Guarantee } from '../../harness/engine/guarantee.ts'

/** Ids of the entries of the ledger that a guarantee proves. */
export function provedEntries({ proves }: Pick<Guarantee, 'proves'>): readonly EntryId[] {
  return Object.keys(proves) as EntryId[]
}
