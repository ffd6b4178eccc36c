import type { JudgementRecord } from './engine/history/judgement-record.ts'

/** Checks and conditions that stored judgements call as an earlier version did, with their names of now. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['claim-has-class', 'pvc-has-class'],
  ['claims-by-template', 'pvcs-by-template'],
  ['never-claimed', 'pvs-never-bound'],
  ['no-claims-made', 'no-pvcs-created'],
  ['quota-in-force', 'quota-counted'],
])

/** Parameters that stored judgements call as an earlier version did: by check, the name of then and that of now. */
const renamedParams: ReadonlyMap<string, readonly [before: string, now: string]> = new Map([['each-in-its-zone', ['claims', 'pvcs']]])

/** Name and parameters of a judgement as this version calls them. */
export function namedAsNow({ name, params }: Pick<JudgementRecord, 'name' | 'params'>): Pick<JudgementRecord, 'name' | 'params'> {
  const [before, now] = renamedParams.get(name) ?? []
  const known = { name: renamed.get(name) ?? name, params }
  if (before === undefined || now === undefined || typeof params !== 'object' || params === null || !(before in params)) return known
  const { [before]: value, ...others } = params as Readonly<Record<string, unknown>>
  return { ...known, params: { ...others, [now]: value } }
}
