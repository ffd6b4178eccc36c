import type { UpgradeStage } from '../../../contract/upgrade.ts'
import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import type { KeptUpgrade } from './platform-upgrade.ts'

/** A part of a platform that was to be upgraded. */
export interface UpgradedPart {
  readonly part: Exclude<UpgradeStage, 'begin'>
}

/**
 * The versions that the API shows are those of the upgrade: of the control plane, the API server has the new one and every kubelet the old
 * one; of the whole, kubelets have the new one, too. Of components, another image runs.
 */
export const partUpgraded = defineCheck<UpgradedPart>({
  name: 'part-upgraded',
  reads: [],
  describe: ({ part }) => (part === 'whole' ? 'the whole platform has its new versions' : 'the control plane is newer than the kubelets'),
  judge,
})

function judge({ part }: UpgradedPart, history: readonly HistoryEntry[]): Judgement {
  const entry = history.findLast((one): one is Measurement => one.type === 'measurement' && one.what === 'upgrade' && one.label === part)
  const { changes, stages } = (entry?.value ?? { changes: {}, stages: [] }) as Pick<KeptUpgrade, 'changes' | 'stages'>
  const seen = stages.find(({ stage }) => stage === part)?.after
  if (entry === undefined || seen === undefined) return inconclusive(`The upgrade was not seen to reach ${part}.`)
  const of = { expected: Object.entries(changes).map(([name, { to }]) => `${name} ${to}`), entries: [entry] }
  const wrong = wrongIn({ changes, seen, part })
  if (wrong === undefined) return { outcome: 'upheld', evaluated: Object.keys(changes).length }
  return violated(`${wrong}.`, { expected: of.expected.join(', '), actual: JSON.stringify(seen), entries: of.entries })
}

function wrongIn({
  changes: { kubernetes, ...components },
  seen,
  part,
}: Pick<KeptUpgrade, 'changes'> & UpgradedPart & { readonly seen: KeptUpgrade['stages'][number]['after'] }): string | undefined {
  if (kubernetes !== undefined) {
    if (seen.apiServer !== kubernetes.to) return `The API server is ${seen.apiServer}`
    const wanted = part === 'whole' ? kubernetes.to : kubernetes.from
    const other = seen.nodes.find(({ kubelet }) => kubelet !== wanted)
    if (other !== undefined) return `The kubelet of ${other.node} is ${other.kubelet}`
  }
  if (part !== 'whole') return undefined
  const images = new Set(Object.values(seen.images))
  const missing = Object.entries(components).find(([, { to }]) => !images.has(to))
  return missing === undefined ? undefined : `No container runs ${missing[1].to} for ${missing[0]}`
}
