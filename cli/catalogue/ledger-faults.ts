import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { type CoveredEntry, statusOf } from '../../reports/model/ledger.ts'
import type { SuiteEntry } from './guarantee-catalogue.ts'
import { provedEntries } from './proved-entries.ts'

/** What is wrong between the ledger and the guarantees, a sentence each: nothing when they agree. */
export function ledgerFaults(entries: readonly CoveredEntry[], catalogue: readonly SuiteEntry[]): readonly string[] {
  const known = new Set(entries.map(({ id }) => id))
  const unknown = catalogue.flatMap(({ guarantees }) =>
    guarantees.flatMap((guarantee) => {
      const [{ id }, proved] = [guarantee, provedEntries(guarantee)]
      return [
        ...(proved.length === 0 ? [`Guarantee ${id} proves no entry of the ledger.`] : []),
        ...proved.filter((entry) => !known.has(entry)).map((entry) => `Guarantee ${id} proves ${entry}, which is not in the ledger.`),
      ]
    }),
  )
  const open = entries
    .filter((entry) => statusOf(entry) === 'no check yet')
    .map(({ id }) => `Entry ${id} has no check: name it in the "proves" of a guarantee, or give the reason in its "notTestable".`)
  return [
    ...unknown,
    ...open,
    ...narrower(
      catalogue.flatMap(({ guarantees }) => guarantees),
      entries,
    ),
  ]
}

/** Entries that hold from a version on, or behind a gate, which none of the guarantees that prove them names. */
function narrower(guarantees: readonly Guarantee[], entries: readonly CoveredEntry[]): readonly string[] {
  return entries
    .filter(({ verdict, since, gate }) => verdict === 'holds' && (since ?? gate) !== undefined)
    .flatMap((entry) => {
      const proving = guarantees.filter(({ proves }) => Object.hasOwn(proves, entry.id))
      const saysTheSame = ({ since, gate }: Guarantee) =>
        (entry.since === undefined || entry.since === since) && (entry.gate === undefined || entry.gate === gate)
      if (proving.some(saysTheSame)) return []
      return proving.map(({ id }) => `Guarantee ${id} proves ${entry.id}, which holds ${whence(entry)}: it must say the same.`)
    })
}

function whence({ since, gate }: Pick<CoveredEntry, 'since' | 'gate'>): string {
  return [...(since === undefined ? [] : [`since ${since}`]), ...(gate === undefined ? [] : [`behind the gate ${gate}`])].join(' ')
}
