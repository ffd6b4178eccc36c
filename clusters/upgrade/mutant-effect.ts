import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { countLines } from '../component-mutants/in-nodes.ts'
import { reachedLine } from '../component-mutants/switch-file.ts'
import type { UpgradeMutant } from './upgrade-mutants.ts'

/** What shows that a mutant of an upgrade took effect since a moment; undefined where nothing does. The upgrade is over by then. */
export async function effectOfUpgradeMutant(
  { name, by }: UpgradeMutant,
  { nodes, since }: Pick<ClusterRecord, 'nodes'> & { readonly since: Date },
): Promise<string | undefined> {
  if (by.component !== 'kubelet') return `${by.component} was rolled out as the mutant has it`
  const counts = nodes.map(async (node) => countLines(node, { by: 'service', name: 'kubelet', text: reachedLine(name), since }))
  const times = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  return times === 0 ? undefined : `kubelet came to the place of the mutant, as it logged ${times} times`
}
