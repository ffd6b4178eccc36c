import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** What cluster DNS answered for a name, and whose addresses are to be in the answer: nobody's when the name is not to exist. */
export interface Resolution {
  readonly found: MeasurementName
  readonly pods?: readonly string[]
  /** Service whose own address is to be in the answer. */
  readonly service?: string
}

/**
 * Cluster DNS answers a name with the addresses that these objects had at that moment, and no others.
 * See https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export const resolvesTo = defineCheck<Resolution>({
  name: 'resolves-to',
  reads: ({ pods = [], service }) => [...(pods.length > 0 ? ['Pod'] : []), ...(service === undefined ? [] : ['Service'])],
  describe: ({ found, ...whose }) => `${found.label} is answered with ${describeAddresses(whose)}`,
  judge,
})

function judge({ found, pods = [], service }: Resolution, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'addresses', label: found.label, subject: found.pod })
  if (entry === undefined) return inconclusive(`Pod ${found.pod} never asked for ${found.label}.`)
  const before = history.slice(0, entry.seq)
  const whose = [
    ...pods.map((name) => ({ name, address: addressOf(before, 'Pod', name) })),
    ...(service === undefined ? [] : [{ name: service, address: addressOf(before, 'Service', service) }]),
  ]
  const unknown = whose.find(({ address }) => address === undefined)
  if (unknown !== undefined) return inconclusive(`The address of ${unknown.name} was never seen.`, [entry.seq])
  const expected = whose.map(({ address = '' }) => address).toSorted()
  const actual = (entry.value as readonly string[]).toSorted()
  if (actual.join() === expected.join()) return { outcome: 'upheld', evaluated: 1 }
  const answer = actual.length === 0 ? 'no such name' : actual.join(', ')
  return violated(
    `Cluster DNS answered ${found.label} with ${answer} instead of ${describeAddresses({ pods, ...(service !== undefined && { service }) })}.`,
    {
      expected: expected.length === 0 ? 'no such name' : whose.map(({ name, address }) => `${address} (${name})`).join(', '),
      actual: answer,
      entries: [entry],
    },
  )
}

/** The address of an object as it was last seen, or undefined where it had none. */
export function addressOf(history: readonly HistoryEntry[], kind: 'Pod' | 'Service', name: string): string | undefined {
  const object = observationsOf(history, kind, name).at(-1)?.object
  const address = kind === 'Pod' ? field(object, 'status', 'podIP') : field(object, 'spec', 'clusterIP')
  return typeof address === 'string' && address !== 'None' ? address : undefined
}

function describeAddresses({ pods = [], service }: Omit<Resolution, 'found'>): string {
  const names = [...pods, ...(service === undefined ? [] : [`Service ${service}`])]
  return names.length === 0 ? 'no such name' : `the address${names.length === 1 ? '' : 'es'} of ${names.join(', ')}`
}
