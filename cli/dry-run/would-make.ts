import { resourceText, rightsOf } from '../../contract/rights.ts'
import type { RecordedRights } from '../rights/recorded-rights.ts'

/** What the guarantees of a run would make in a cluster, in sentences, as far as earlier runs have shown it. */
export function wouldMake(ids: readonly string[], recorded: RecordedRights): readonly string[] {
  const outside = new Map<string, string[]>()
  for (const id of ids) {
    for (const { verb, resource, subresource, group, scope } of rightsOf(recorded.get(id) ?? [])) {
      if (verb !== 'create' || subresource !== undefined || scope === 'own' || resource === 'namespaces') continue
      const where = scope === 'cluster' ? 'outside namespaces' : `in namespace ${scope.slice('namespace/'.length)}`
      const what = `${resourceText({ group, resource })} ${where}`
      outside.set(what, [...(outside.get(what) ?? []), id])
    }
  }
  const number = ids.length
  return [
    `up to ${number} ${number === 1 ? 'namespace' : 'namespaces'} hf-<guarantee>-<random>, one for each guarantee that runs, with all that is in it; some make more, named after it`,
    ...[...outside].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([what, those]) => `${what}, by ${those.join(', ')}`),
    'each is removed after its guarantee',
  ]
}
