import { expect } from 'vitest'
import type { MeasurementName } from '../engine/measurement.ts'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import { answersValue, resolvesTo } from '../vocabulary/checks.ts'
import type { Names } from '../vocabulary/dns/names-from.ts'

/** The cluster domain that documentation names. */
const defaultDomain = 'cluster.local'

/**
 * Judges the full name of a Pod, as cluster DNS knows it and as the Pod has it for itself, by the cluster domain: the default, or the other
 * one that the kubelet was given.
 */
export async function judgeClusterDomain(
  { history, namespace }: Pick<ScenarioFixtures, 'history'> & { readonly namespace: { readonly name: string } },
  { names, pod, service, own }: { readonly names: Names; readonly pod: string; readonly service: string; readonly own: MeasurementName },
): Promise<void> {
  const below = (domain: string) => `${pod}.${service}.${namespace.name}.svc.${domain}`
  if (names.domain === defaultDomain) {
    const found = await names.askInFull(below(defaultDomain), 'in full', { pods: [pod] })
    await expect(history).toUphold(resolvesTo(found), { as: 'default-domain' })
    await expect(history).toUphold(answersValue({ found: own, value: below(defaultDomain) }), { as: 'default-domain' })
  } else {
    const found = await names.askInFull(below(names.domain), 'in full', { pods: [pod] })
    await expect(history).toUphold(resolvesTo(found), { as: 'other-domain' })
    await expect(history).toUphold(answersValue({ found: own, value: below(names.domain) }), { as: 'other-domain' })
  }
}
