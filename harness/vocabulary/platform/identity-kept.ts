import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { measurementOf } from '../../engine/measurement.ts'
import type { StateName, StateOfObject } from './platform-state.ts'

/** What there was at two moments, of which kinds. */
export interface KeptIdentity {
  readonly before: StateName
  readonly after: StateName
  readonly kinds: readonly string[]
}

/**
 * Every object of these kinds is still there and the same: by UID, not being deleted, a PVC and a VolumeSnapshot bound to the same
 * object, a volume and a snapshot with the same handle.
 */
export const identityKept = defineCheck<KeptIdentity>({
  name: 'identity-kept',
  reads: [],
  describe: ({ before, after, kinds }) =>
    `each ${kinds.join(', ')} from ${before.label} is the same ${after.label}: same UID, bound to the same, same handle`,
  judge,
})

function judge({ before, after, kinds }: KeptIdentity, history: readonly HistoryEntry[]): Judgement {
  const [was, is] = [before, after].map((name) => stateIn(history, name))
  if (was === undefined || is === undefined) return inconclusive(`The state of ${before.namespace} was not read twice.`)
  const objects = objectsOf(was).filter(({ kind }) => kinds.includes(kind))
  const missing = kinds.find((kind) => objects.every((object) => object.kind !== kind))
  if (missing !== undefined) return inconclusive(`There was no ${missing} ${before.label}.`, [was.seq])
  for (const object of objects) {
    const now = objectsOf(is).find(({ kind, name }) => kind === object.kind && name === object.name)
    const change = changeOf(object, now)
    if (change !== undefined)
      return violated(`${object.kind} ${object.name} is not the one that it was ${before.label}: ${change}.`, {
        expected: describe(object),
        actual: now === undefined ? 'none' : describe(now),
        entries: [was, is],
      })
  }
  return { outcome: 'upheld', evaluated: objects.length }
}

/** A reading of the state of a namespace, if it was taken. */
export function stateIn(history: readonly HistoryEntry[], { namespace, label }: StateName): Measurement | undefined {
  return measurementOf(history, { what: 'state', label, subject: namespace })
}

/** The objects of a reading. */
export function objectsOf({ value }: Measurement): readonly StateOfObject[] {
  return value as readonly StateOfObject[]
}

function changeOf(was: StateOfObject, is: StateOfObject | undefined): string | undefined {
  if (is === undefined) return 'it is gone'
  if (is.uid !== was.uid) return 'another of the same name took its place'
  if (is.terminating) return 'it is being deleted'
  if (was.boundTo !== undefined && is.boundTo !== was.boundTo) return `it is bound to ${is.boundTo ?? 'nothing'}`
  if (was.handle !== undefined && is.handle !== was.handle) return `its handle is ${is.handle ?? 'gone'}`
  if (was.phase === 'Bound' && is.phase !== 'Bound') return `its phase is ${is.phase ?? 'unknown'}`
  return undefined
}

function describe({ uid, boundTo, handle, phase }: StateOfObject): string {
  const parts = { UID: uid, 'bound to': boundTo, handle, phase }
  return Object.entries(parts)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]))
    .join(', ')
}
